package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.Patches.Target;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All small masks, exhaustively, against {@link BitSet}. */
@Tag("kernel")
class SmallMasksTest {
  private static final int MAX = 12;

  @TempDir Path folder;

  /** One mask of one size. */
  private interface Law {
    void check(MaskStore store, Pixels source) throws IOException;
  }

  @Test
  void everyPatchOfEverySmallMaskEqualsTheBitSet() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment[] memory = new MemorySegment[PixelType.values().length];
      for (PixelType type : PixelType.values()) {
        memory[type.ordinal()] = arena.allocate(MAX * MAX * 8 + 32);
      }
      onAllSmallMasks(
          (store, source) -> {
            int i = 0;
            for (int h = 1; h <= source.height(); h++) {
              for (int w = 1; w <= source.width(); w++) {
                for (int y = 0; y + h <= source.height(); y++) {
                  for (int x = 0; x + w <= source.width(); x++, i++) {
                    PixelType type = PixelType.values()[i % memory.length];
                    long bytes = Target.bytes(type, h, w, 8, 0);
                    MemorySegment dst = memory[type.ordinal()].asSlice(0, bytes + 8);
                    Patches.check(
                        store, 0, source, Region.of(y, x, h, w), type, new Target(dst, 8, 0));
                  }
                }
              }
            }
          });
    }
  }

  @Test
  void everyCountOfEverySmallMaskEqualsTheBitSets() throws IOException {
    onAllSmallMasks(
        (store, source) -> {
          Mask mask = store.mask(0);
          assertEquals(source.count(), mask.count());
          for (int h = 1; h <= source.height(); h += 2) {
            for (int w = 1; w <= source.width(); w += 3) {
              for (int y = 0; y + h <= source.height(); y++) {
                for (int x = 0; x + w <= source.width(); x++) {
                  assertEquals(source.patch(y, x, h, w).count(), mask.count(Region.of(y, x, h, w)));
                }
              }
            }
          }
        });
  }

  @Test
  void foregroundIsWalkedAsABitSetIs() throws IOException {
    onAllSmallMasks(
        (store, source) -> {
          Mask mask = store.mask(0);
          BitSet bits = source.bits();
          for (int from = 0; from < source.height() * source.width(); from++) {
            assertEquals(bits.nextSetBit(from), mask.nextForeground(from));
          }
          assertEquals(-1, mask.nextForeground((long) source.height() * source.width()));
        });
  }

  @Test
  void singlePixelsBytesAndBitsEqualTheSource() throws IOException {
    onAllSmallMasks(
        (store, source) -> {
          Mask mask = store.mask(0);
          for (int y = 0; y < source.height(); y++) {
            for (int x = 0; x < source.width(); x++) {
              assertEquals(source.get(y, x), mask.get(y, x));
            }
          }
          assertArrayEquals(source.bytes(), mask.toBytes());
          assertEquals(source.bits(), mask.toBitSet());
        });
  }

  @Test
  void packedRowsAreReachedThroughAVarHandle() throws IOException {
    onAllSmallMasks(
        (store, source) -> {
          Mask mask = store.mask(0);
          VarHandle at =
              mask.packedLayout()
                  .varHandle(PathElement.sequenceElement(), PathElement.sequenceElement());
          byte[] expected = source.packed();
          assertEquals(expected.length, mask.packed().byteSize());
          assertEquals(true, mask.packed().isReadOnly());
          for (int r = 0; r < source.packedRows(); r++) {
            for (int x = 0; x < source.width(); x++) {
              byte packed = (byte) at.get(mask.packed(), 0L, (long) r, (long) x);
              assertEquals(expected[r * source.width() + x], packed);
            }
          }
        });
  }

  private void onAllSmallMasks(Law law) throws IOException {
    for (int height = 1; height <= MAX; height++) {
      for (int width = 1; width <= MAX; width++) {
        Pixels source = Pixels.noise(height, width, 100 * height + width);
        Path npy =
            Stores.npy(
                folder.resolve("%dx%d.npy".formatted(height, width)),
                source.packed(),
                source.packedRows(),
                width);
        try (MaskStore store = MaskStore.openPacked(npy, height)) {
          law.check(store, source);
        }
      }
    }
  }
}
