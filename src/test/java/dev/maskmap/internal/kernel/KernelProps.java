package dev.maskmap.internal.kernel;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Every kernel against a naive loop, on large rectangles. */
@Tag("kernel")
class KernelProps {
  private static final long[] ONES = {1, 0x3C00, 0, 0x3F80_0000, 0, 0, 0, 1};

  @Property(tries = 300)
  void expandedElementsEqualTheNaiveLoop(
      @ForAll("patches") PatchModel patch,
      @ForAll("elements") int elementBytes,
      @ForAll @IntRange(max = 80) int to,
      @ForAll @IntRange(max = 300) int gap) {
    try (patch) {
      for (Kernel kernel : KernelsUnderTest.all()) {
        patch.checkExpand(kernel, elementBytes, ONES[elementBytes - 1], to, gap);
      }
    }
  }

  @Property(tries = 300)
  void packedPatchesAndCountsEqualTheNaiveLoop(
      @ForAll("patches") PatchModel patch, @ForAll @IntRange(max = 300) int gap) {
    try (patch) {
      for (Kernel kernel : KernelsUnderTest.all()) {
        patch.checkRebase(kernel, gap % 7, gap);
        patch.checkCount(kernel);
      }
    }
  }

  @Property(tries = 300)
  void packedBytesEqualTheNaiveLoop(
      @ForAll @IntRange(min = 1, max = 8) int rows,
      @ForAll @IntRange(min = 1, max = 3000) int width,
      @ForAll long seed) {
    for (Kernel kernel : KernelsUnderTest.all()) {
      PatchModel.checkPack(kernel, rows, width, seed);
    }
  }

  @Provide
  Arbitrary<Integer> elements() {
    return Arbitraries.of(1, 2, 4, 8);
  }

  @Provide
  Arbitrary<PatchModel> patches() {
    return Arbitraries.integers()
        .between(0, 7)
        .flatMap(
            bit -> Arbitraries.integers().between(1, 150).flatMap(height -> patches(bit, height)));
  }

  private static Arbitrary<PatchModel> patches(int bit, int height) {
    Arbitrary<Integer> widths = Arbitraries.integers().between(1, 400);
    Arbitrary<Integer> gaps = Arbitraries.integers().between(0, 200);
    Arbitrary<Long> seeds = Arbitraries.longs();
    return net.jqwik.api.Combinators.combine(widths, gaps, seeds)
        .as((width, gap, seed) -> new PatchModel(bit, height, width, gap, seed));
  }
}
