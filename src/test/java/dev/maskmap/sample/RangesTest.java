package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Allocations;
import dev.maskmap.testing.Pixels;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Ends of ranges: parts of a patch, overlaps, and as many masks as there can be. */
class RangesTest {
  private static final long BILLION = 1_000_000_000;

  private static FakeMasks masks(long count) {
    BitSet bits = new BitSet();
    bits.set(5);
    return new FakeMasks(List.of(Pixels.of(40, 40, bits)), count);
  }

  private static String atLeast(int height, int width, double part) {
    Sampling sampling = Sampling.of(masks(1), height, width);
    String description = sampling.atLeast(sampling.uniform(), part, 2).describe();
    return description.substring("at-least=".length(), description.indexOf('*'));
  }

  @Property
  void aPartOfAPatchIsTheLeastNumberOfPixelsThatIsNotLess(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @DoubleRange(min = 0, max = 1) double part) {
    long pixels = 0;
    while (pixels / (double) (height * width) < part) {
      pixels++;
    }
    assertEquals(Long.toString(pixels), atLeast(height, width, part));
  }

  /** 0.07 * 100 is a little more than 7 in doubles, and 7 pixels of 100 are 0.07 all the same. */
  @Property
  void wholePercentagesAreNotRoundedUp(@ForAll @IntRange(min = 0, max = 100) int percent) {
    assertEquals(Integer.toString(percent), atLeast(10, 10, percent / 100.0));
    assertEquals(Integer.toString(4 * percent), atLeast(20, 20, percent / 100.0));
  }

  @Test
  void oneIsAPixelAndOnePointZeroAllOfThem() {
    Sampling sampling = Sampling.of(masks(1), 4, 4);
    Sampler uniform = sampling.uniform();
    assertTrue(sampling.atLeast(uniform, 1, 2).describe().startsWith("at-least=1*2 "));
    assertTrue(sampling.atLeast(uniform, 1.0, 2).describe().startsWith("at-least=16*2 "));
    refused("expected 0.0 to 1.0", () -> sampling.atLeast(uniform, 1.5, 2));
    refused("expected 0.0 to 1.0", () -> sampling.atLeast(uniform, Double.NaN, 2));
  }

  @Test
  void overlapsAreSharedWithTheNextPatch() {
    Sampling sampling = Sampling.of(masks(1), 16, 10);
    Sampler overlap = sampling.gridOverlap(4);
    assertEquals(sampling.grid(12, 6).describe(), overlap.describe());
    assertEquals(3 * 6, overlap.size());
    refused("expected 0 to 9", () -> sampling.gridOverlap(10));
    refused("expected 0 to 9", () -> sampling.gridOverlap(-1));
  }

  @Test
  void masksOfOneSizeThatAreAllTooSmallAreSaidToBeWhereTheyAreSkipped() {
    Sampling sampling = Sampling.of(masks(3), 41, 8);
    refused("smallMasks pads or skips", sampling::uniform);
    refused("all 3 masks are smaller", sampling.smallMasks(SmallMasks.SKIP)::uniform);
  }

  private static void refused(String expected, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(expected), message);
  }

  /**
   * Of a billion masks any patch is drawn at once, in any order and from any place on, as after a
   * stop: nothing is kept, and nothing allocated.
   */
  @Test
  void aBillionMasksAreDrawnFromInNoMemory() {
    Masks all = masks(BILLION);
    long before = Allocations.ofThisThread();
    Sampling part = Sampling.of(all.without(0, 7, BILLION - 1), 8, 8).patchesPerMask(4);
    List<Sampler> samplers =
        List.of(
            part.uniform(),
            part.byArea(),
            part.foreground(0.5, 64),
            part.grid(8, 8),
            Sampling.of(all, 8, 8).gridOverlap(2));
    assertTrue(Allocations.ofThisThread() - before < 1 << 20);
    Place place = new Place();
    for (Sampler sampler : samplers) {
      drawEverywhere(sampler, place);
      long allocated = Allocations.ofThisThread();
      drawEverywhere(sampler, place);
      allocated = Allocations.ofThisThread() - allocated;
      // To ask takes some bytes itself.
      assertTrue(allocated < 500, sampler.describe() + ": " + allocated);
    }
  }

  private static void drawEverywhere(Sampler sampler, Place place) {
    long step = sampler.size() / 3_001;
    for (long k = sampler.size() - 1; k >= 0; k -= step) {
      sampler.draw(1, 2, k, place);
      if (place.mask() < 0 || place.mask() >= BILLION) {
        throw new AssertionError(place.toString());
      }
    }
  }

  /** A list of weights takes what the list takes, also among a billion masks. */
  @Test
  void aFewWeightsAmongABillionMasksAreFound() {
    long[] listed = {3, 500_000_000, 999_999_998};
    long[] own = {0, 1L << 49, 5};
    Units units = Units.of(BILLION, listed, own);
    assertEquals((BILLION - 3) * (1L << 20) + (1L << 49) + 5, units.total());
    assertEquals(0, units.maskOf((1 << 20) - 1));
    assertEquals(4, units.maskOf(3L << 20));
    assertEquals(500_000_000, units.maskOf((500_000_000L - 1 << 20) + (1L << 48)));
    assertEquals(BILLION - 1, units.maskOf(units.total() - 1));
    assertEquals(BILLION - 2, units.maskOf(units.total() - (1 << 20) - 1));
  }
}
