package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TurnsTest {
  @Test
  void firstCodesOfAllEightArePinned() {
    assertArrayEquals(
        new int[] {3, 7, 0, 0, 2, 6, 3, 3, 5, 3, 7, 4, 3, 4, 2, 6},
        IntStream.range(0, 16).map(k -> Turns.ALL.code(7, 3, k)).toArray());
    assertArrayEquals(
        new int[] {4, 6, 0, 0, 4, 6, 4, 4, 2, 4, 6, 2, 4, 2, 4, 6},
        IntStream.range(0, 16).map(k -> Turns.FLIPS.code(7, 3, k)).toArray());
  }

  @ParameterizedTest
  @EnumSource(Turns.class)
  void turnsOfAKindComeEquallyOftenAndNoOthers(Turns turns) {
    int[] codes =
        switch (turns) {
          case NONE -> new int[] {0};
          case MIRROR -> new int[] {0, 4};
          case FLIPS -> new int[] {0, 2, 4, 6};
          case QUARTERS -> new int[] {0, 1, 2, 3};
          case ALL -> new int[] {0, 1, 2, 3, 4, 5, 6, 7};
        };
    long[] seen = new long[8];
    for (long k = 0; k < 80_000; k++) {
      seen[turns.code(1, k % 3, k)]++;
    }
    long[] ofKind = IntStream.of(codes).mapToLong(code -> seen[code]).toArray();
    assertEquals(80_000, IntStream.of(codes).mapToLong(code -> seen[code]).sum());
    if (codes.length > 1) {
      ChiSquare.assertEven(ofKind);
    }
    assertEquals(
        IntStream.of(codes).anyMatch(code -> code % 2 == 1), turns.needsSquare(), "odd quarters");
  }
}
