package dev.maskmap.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel against a naive loop, on all small rectangles. */
@Tag("kernel")
class KernelLawsTest {
  private static final String ALL = "dev.maskmap.internal.kernel.KernelsUnderTest#all";
  private static final int MAX_HEIGHT = 40;
  private static final int MAX_WIDTH = 70;

  /** What a check does with one rectangle of noise. */
  private interface Law {
    void check(PatchModel patch, int gap);
  }

  @Test
  void scalarAndVectorAreDifferentClasses() {
    Kernel vector = KernelsUnderTest.vector();
    assertNotEquals(ScalarKernel.INSTANCE.getClass(), vector.getClass());
    assertTrue(vector.name().startsWith("vector "), vector.name());
    assertTrue(ScalarKernel.INSTANCE.name().equals("scalar"));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bytesOfOneEqualTheNaiveLoop(Kernel kernel) {
    onAllSmallPatches((patch, gap) -> patch.checkExpand(kernel, 1, 1, 3, gap));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bytesOf255EqualTheNaiveLoop(Kernel kernel) {
    onAllSmallPatches((patch, gap) -> patch.checkExpand(kernel, 1, 0xFF, 0, gap));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void elementsOfTwoBytesEqualTheNaiveLoop(Kernel kernel) {
    onAllSmallPatches((patch, gap) -> patch.checkExpand(kernel, 2, 0x3C80, 1, gap));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void elementsOfFourBytesEqualTheNaiveLoop(Kernel kernel) {
    onAllSmallPatches((patch, gap) -> patch.checkExpand(kernel, 4, 0x3F80_0000, 4, gap));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void elementsOfEightBytesEqualTheNaiveLoop(Kernel kernel) {
    onAllSmallPatches((patch, gap) -> patch.checkExpand(kernel, 8, 1, 8, gap));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void everyByteOfAnElementIsItsOwn(Kernel kernel) {
    try (PatchModel patch = new PatchModel(3, 29, 131, 17, 1)) {
      patch.checkExpand(kernel, 1, 0x81, 0, 0);
      patch.checkExpand(kernel, 2, 0x8FF1, 0, 0);
      patch.checkExpand(kernel, 4, 0x8234_5671L, 0, 0);
      patch.checkExpand(kernel, 8, 0x8123_4567_89AB_CDEFL, 0, 0);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void packedPatchesMoveUpToATopBit(Kernel kernel) {
    onAllSmallPatches((patch, gap) -> patch.checkRebase(kernel, 3, gap));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void countEqualsTheBitSets(Kernel kernel) {
    onAllSmallPatches((patch, gap) -> patch.checkCount(kernel));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anythingButZeroIsPackedAsForeground(Kernel kernel) {
    for (int rows = 1; rows <= 8; rows++) {
      for (int width = 1; width <= 2 * MAX_WIDTH; width++) {
        PatchModel.checkPack(kernel, rows, width, rows * width);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void fillsReachTheirEndAndRunOverByTheSlackAtMost(Kernel kernel) {
    for (int from = 0; from < 3; from++) {
      for (int bytes = 0; bytes <= 2 * MAX_WIDTH; bytes++) {
        byte[] rows = new byte[from + bytes + Scratch.SLACK];
        kernel.fill(rows, from, from + bytes, (byte) 0x81);
        for (int i = 0; i < from + bytes; i++) {
          assertEquals(i < from ? 0 : (byte) 0x81, rows[i], kernel.name());
        }
      }
    }
  }

  /** All bits, heights and widths; gaps of none, a few bytes and more than a vector. */
  private static void onAllSmallPatches(Law law) {
    for (int bit = 0; bit < 8; bit++) {
      for (int height = 1; height <= MAX_HEIGHT; height++) {
        for (int width = 1; width <= MAX_WIDTH; width++) {
          int mix = bit + height + width;
          int gap = mix % 3 == 0 ? 0 : mix % 3 == 1 ? 5 : 71;
          try (PatchModel patch = new PatchModel(bit, height, width, gap, mix)) {
            law.check(patch, gap);
          }
        }
      }
    }
  }
}
