package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each sampler promises: by counting where that is exact, by chi-square where it is not. */
class SamplersTest {
  private static final long SEED = 20_261_125;

  private final Place place = new Place();

  private static Pixels mask(int height, int width, int... positions) {
    BitSet bits = new BitSet();
    Arrays.stream(positions).forEach(bits::set);
    return Pixels.of(height, width, bits);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void uniformDealsEveryMaskEquallyOften(int perMask) {
    Masks masks = new FakeMasks(List.of(mask(4, 5)), 23);
    Sampler sampler = Sampling.of(masks, 2, 2).patchesPerMask(perMask).uniform();
    assertEquals(23L * perMask, sampler.size());
    Set<String> orders = new HashSet<>();
    for (long epoch = 0; epoch < 4; epoch++) {
      long[] counts = new long[23];
      StringBuilder order = new StringBuilder();
      for (long k = 0; k < sampler.size(); k++) {
        assertTrue(sampler.draw(SEED, epoch, k, place));
        counts[(int) place.mask()]++;
        order.append(place.mask()).append(' ');
      }
      assertTrue(Arrays.stream(counts).allMatch(count -> count == perMask));
      orders.add(order.toString());
    }
    assertEquals(4, orders.size());
  }

  @Test
  void uniformTakesEveryPlaceOfAMask() {
    Sampler sampler = Sampling.of(FakeMasks.of(mask(6, 9)), 3, 4).uniform();
    long[] counts = new long[4 * 6];
    for (long epoch = 0; epoch < 20_000; epoch++) {
      sampler.draw(SEED, epoch, 0, place);
      counts[place.y() * 6 + place.x()]++;
    }
    ChiSquare.assertEven(counts);
  }

  /** What is drawn next, in the next epoch and from the next seed has nothing to do with it. */
  @Test
  void neighboursAreIndependent() {
    Sampler sampler = Sampling.of(FakeMasks.of(mask(4, 4)), 1, 1).patchesPerMask(10_000).uniform();
    long[][] counts = new long[5][16];
    Place other = new Place();
    for (long k = 0; k < 9_999; k++) {
      sampler.draw(SEED, 1, k, place);
      sampler.draw(SEED, 1, k + 1, other);
      counts[0][4 * place.y() + other.y()]++;
      counts[1][4 * place.y() + other.x()]++;
      sampler.draw(SEED, 2, k, other);
      counts[2][4 * place.y() + other.y()]++;
      sampler.draw(SEED + 1, 1, k, other);
      counts[3][4 * place.y() + other.y()]++;
      sampler.draw(SEED, 1, k, 1, other);
      counts[4][4 * place.y() + other.y()]++;
    }
    for (long[] pairs : counts) {
      ChiSquare.assertEven(pairs);
    }
  }

  /** Masks that take the turn of empty ones: those with foreground, equally often. */
  @Test
  void emptyMasksAreReplacedByAnyThatAreNot() {
    FakeMasks masks =
        FakeMasks.of(mask(4, 4), mask(4, 4, 3), mask(4, 4), mask(4, 4, 1, 2, 3, 4), mask(4, 4));
    Sampler sampler = Sampling.of(masks, 2, 2).foreground(1, 1);
    long[] counts = new long[5];
    for (long epoch = 0; epoch < 4_000; epoch++) {
      for (long k = 0; k < 5; k++) {
        sampler.draw(SEED, epoch, k, place);
        counts[(int) place.mask()]++;
      }
    }
    assertEquals(20_000, counts[1] + counts[3]);
    // Their own turns come exactly, those of three others by chance.
    ChiSquare.assertEven(new long[] {counts[1] - 4_000, counts[3] - 4_000});
  }

  @Test
  void byAreaTakesEveryPlaceOfAllMasks() {
    FakeMasks masks = FakeMasks.of(mask(3, 3), mask(8, 5), mask(3, 9), mask(4, 4));
    Sampler sampler = Sampling.of(masks, 3, 3).byArea();
    int[] firsts = {0, 1, 1 + 18, 1 + 18 + 7};
    int[] columns = {1, 3, 7, 2};
    long[] counts = new long[1 + 18 + 7 + 4];
    for (long epoch = 0; epoch < 10_000; epoch++) {
      for (long k = 0; k < sampler.size(); k++) {
        sampler.draw(SEED, epoch, k, place);
        int mask = (int) place.mask();
        counts[firsts[mask] + place.y() * columns[mask] + place.x()]++;
      }
    }
    ChiSquare.assertEven(counts);
  }

  @Test
  void foregroundHasItsShareInEveryBatchAndEveryPositivePatchHasForeground() {
    List<Pixels> pixels = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      pixels.add(i % 4 == 0 ? mask(30, 40) : Pixels.blobs(30, 40, i));
    }
    FakeMasks masks = new FakeMasks(pixels, 40);
    Sampler sampler = Sampling.of(masks, 5, 7).patchesPerMask(8).foreground(0.3, 16);
    Sampler uniform = Sampling.of(masks, 5, 7).patchesPerMask(8).uniform();
    Place other = new Place();
    for (long epoch = 0; epoch < 5; epoch++) {
      for (long k = 0; k < sampler.size(); k++) {
        sampler.draw(SEED, epoch, k, place);
        if (k % 16 < 5) {
          long found = masks.foreground(place.mask(), place.y(), place.x(), 5, 7);
          assertTrue(found > 0, place::toString);
        } else {
          uniform.draw(SEED, epoch, k, other);
          assertEquals(other.toString(), place.toString());
        }
      }
    }
  }

  /** With a patch of one pixel the place is the pixel. */
  @Test
  void foregroundPixelsOfAMaskAreEquallyLikelyAtBordersToo() {
    Pixels pixels = mask(9, 7, 0, 6, 8 * 7, 8 * 7 + 6, 30, 31, 12);
    Sampler sampler = Sampling.of(FakeMasks.of(pixels), 1, 1).foreground(1, 4);
    long[] counts = new long[63];
    for (long epoch = 0; epoch < 20_000; epoch++) {
      sampler.draw(SEED, epoch, 0, place);
      counts[place.y() * 7 + place.x()]++;
    }
    double[] weights = new double[63];
    pixels.bits().stream().forEach(i -> weights[i] = 1);
    ChiSquare.assertFits(counts, weights);
  }

  /** Each origin has the share that follows from pixels drawn first and places around them next. */
  @Test
  void placesAroundAForegroundPixelAreEquallyLikely() {
    Pixels pixels = Pixels.blobs(12, 15, 8);
    Sampler sampler = Sampling.of(FakeMasks.of(pixels), 4, 5).foreground(1, 1);
    double[] weights = new double[9 * 11];
    pixels.bits().stream()
        .forEach(
            i -> {
              int y = i / 15;
              int x = i % 15;
              List<Integer> origins = new ArrayList<>();
              for (int a = 0; a < 9; a++) {
                for (int b = 0; b < 11; b++) {
                  if (a <= y && y < a + 4 && b <= x && x < b + 5) {
                    origins.add(a * 11 + b);
                  }
                }
              }
              origins.forEach(o -> weights[o] += 1.0 / origins.size());
            });
    long[] counts = new long[weights.length];
    for (long epoch = 0; epoch < 200_000; epoch++) {
      sampler.draw(SEED, epoch, 0, place);
      counts[place.y() * 11 + place.x()]++;
    }
    ChiSquare.assertFits(counts, weights);
  }

  @Test
  void foregroundOfAllTakesEveryPixelOfAllMasks() {
    FakeMasks masks =
        FakeMasks.of(mask(3, 3, 4), mask(5, 4), mask(2, 5, 0, 1, 2, 9), mask(3, 3), mask(1, 9, 8));
    Sampler sampler = Sampling.of(masks, 1, 1).foregroundOfAll(1, 8);
    int[] firsts = {0, 9, 29, 39, 48};
    long[] counts = new long[57];
    double[] weights = new double[57];
    for (int i : new int[] {4, 29, 30, 31, 38, 56}) {
      weights[i] = 1;
    }
    for (long epoch = 0; epoch < 5_000; epoch++) {
      for (long k = 0; k < 5; k++) {
        sampler.draw(SEED, epoch, k, place);
        int mask = (int) place.mask();
        counts[firsts[mask] + place.y() * masks.width(mask) + place.x()]++;
      }
    }
    ChiSquare.assertFits(counts, weights);
  }

  @Test
  void oneMaskWithForegroundAmongManyIsFound() {
    Pixels empty = mask(4, 4);
    List<Pixels> pixels = new ArrayList<>(Collections.nCopies(5_000, empty));
    pixels.set(4_321, mask(4, 4, 15));
    Sampler sampler = Sampling.of(new FakeMasks(pixels, 5_000), 2, 2).foreground(1, 4);
    for (long k = 0; k < 100; k++) {
      sampler.draw(SEED, 0, k, place);
      assertEquals("mask 4321 at y 2, x 2", place.toString());
    }
  }

  @Test
  void atLeastDrawsAgainAndSaysWhereItGaveUp() {
    FakeMasks masks = FakeMasks.of(Pixels.blobs(40, 40, 3), mask(40, 40), Pixels.noise(40, 40, 1));
    Sampling sampling = Sampling.of(masks, 8, 8);
    Sampler sampler = sampling.atLeast(sampling.uniform(), 20, 50);
    for (long epoch = 0; epoch < 50; epoch++) {
      long[] counts = new long[3];
      for (long k = 0; k < 3; k++) {
        boolean kept = sampler.draw(SEED, epoch, k, place);
        long found = masks.foreground(place.mask(), place.y(), place.x(), 8, 8);
        assertEquals(kept, found >= 20);
        assertEquals(kept, place.mask() != 1 && found >= 20);
        counts[(int) place.mask()]++;
      }
      assertEquals("[1, 1, 1]", Arrays.toString(counts));
    }
    Sampler once = sampling.atLeast(sampling.uniform(), 64, 1);
    assertFalse(once.draw(SEED, 0, 0, place));
  }

  /** Against the plain loops over all masks, rows and columns. */
  @Property(tries = 200)
  void gridGoesOverEveryMaskInOrderToItsEdges(
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 12) int strideY,
      @ForAll @IntRange(min = 1, max = 12) int strideX,
      @ForAll boolean sameSize,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Pixels> pixels = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    Pixels first = mask(1 + random.nextInt(40), 1 + random.nextInt(40));
    for (int i = 0; i < 150; i++) {
      Pixels mask = sameSize ? first : mask(1 + random.nextInt(20), 1 + random.nextInt(20));
      pixels.add(mask);
      for (int y : origins(mask.height(), height, strideY)) {
        for (int x : origins(mask.width(), width, strideX)) {
          expected.add("mask %d at y %d, x %d".formatted(i, y, x));
        }
      }
    }
    Sampler sampler =
        Sampling.of(new FakeMasks(pixels, 150), height, width)
            .smallMasks(SmallMasks.PAD)
            .grid(strideY, strideX);
    assertEquals(expected.size(), sampler.size());
    for (int k = 0; k < expected.size(); k++) {
      sampler.draw(seed, 1, k, place);
      assertEquals(expected.get(k), place.toString());
    }
  }

  private static List<Integer> origins(int length, int patch, int stride) {
    List<Integer> origins = new ArrayList<>();
    for (int at = 0; at + patch < length; at += stride) {
      origins.add(at);
    }
    origins.add(Math.max(length - patch, 0));
    return origins.stream().distinct().toList();
  }

  @Test
  void smallMasksAreRefusedPaddedOrSkipped() {
    FakeMasks masks = FakeMasks.of(mask(9, 9), mask(4, 9, 35), mask(9, 9), mask(9, 2, 17));
    Sampling sampling = Sampling.of(masks, 5, 5);
    String message = assertThrows(IllegalArgumentException.class, sampling::uniform).getMessage();
    assertTrue(message.contains("mask 1 has 4 x 9 pixels"), message);
    Sampler padded = sampling.smallMasks(SmallMasks.PAD).foreground(1, 1);
    assertEquals(4, padded.size());
    for (long k = 0; k < 4; k++) {
      padded.draw(SEED, 0, k, place);
      assertEquals(place.mask() == 1 ? "mask 1 at y 0, x 4" : "mask 3 at y 4, x 0", place + "");
    }
    Sampler skipped = sampling.smallMasks(SmallMasks.SKIP).uniform();
    assertEquals(2, skipped.size());
    for (long k = 0; k < 2; k++) {
      skipped.draw(SEED, 0, k, place);
      assertEquals(0, place.mask() % 2);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Sampling.of(masks, 10, 10).smallMasks(SmallMasks.SKIP).uniform());
  }

  @Test
  void subsetsAreNamedByTheirStoresIndices() {
    FakeMasks masks =
        FakeMasks.of(mask(3, 3, 0), mask(3, 3), mask(3, 3, 1, 2), mask(3, 3, 5), mask(3, 3));
    Sampling some = Sampling.of(masks.only(3, 1, 0), 1, 1);
    Sampler atLeast = some.atLeast(some.foregroundOfAll(1, 3), 1, 1);
    Set<String> places = new HashSet<>();
    for (long epoch = 0; epoch < 50; epoch++) {
      for (long k = 0; k < atLeast.size(); k++) {
        assertTrue(atLeast.draw(SEED, epoch, k, place));
        places.add(place.toString());
      }
    }
    assertEquals(Set.of("mask 3 at y 1, x 2", "mask 0 at y 0, x 0"), places);
  }

  @Property(tries = 300)
  void partsOfMasksAnswerLikeListsOfThem(@ForAll long seed) {
    Random random = new Random(seed);
    List<Pixels> pixels = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pixels.add(random.nextInt(3) == 0 ? mask(3, 4) : Pixels.noise(3, 4, seed + i));
    }
    List<Integer> chosen = new ArrayList<>();
    List<Integer> leftOut = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      (random.nextBoolean() ? chosen : leftOut).add(i);
    }
    if (chosen.isEmpty() || leftOut.isEmpty()) {
      return;
    }
    Masks all = new FakeMasks(pixels, 20);
    assertSame(pixels, chosen, all.without(longs(leftOut)));
    assertSame(pixels, chosen, all.only(longs(chosen)));
    assertSame(pixels, leftOut, all.without(longs(chosen)));
  }

  private static long[] longs(List<Integer> list) {
    return list.stream().mapToLong(i -> i).toArray();
  }

  private static void assertSame(List<Pixels> pixels, List<Integer> expected, Masks masks) {
    assertEquals(expected.size(), masks.size());
    long before = 0;
    for (int i = 0; i < expected.size(); i++) {
      Pixels mask = pixels.get(expected.get(i));
      assertEquals(expected.get(i).longValue(), masks.index(i));
      assertEquals(before, masks.foregroundBefore(i));
      assertEquals(mask.count(), masks.foreground(i));
      for (long n = 0; n < mask.count(); n++) {
        assertEquals(i, masks.maskOf(before + n));
      }
      before += mask.count();
    }
    assertEquals(before, masks.foreground());
  }

  @Test
  void aBillionMasksAreShuffledWithoutAList() {
    long size = 1_000_000_000;
    Masks masks = new FakeMasks(List.of(mask(4, 4, 5)), size);
    Sampler sampler = Sampling.of(masks, 2, 2).patchesPerMask(4).foreground(0.5, 64);
    Set<Long> seen = new HashSet<>();
    for (long k = sampler.size() - 1000; k < sampler.size(); k++) {
      sampler.draw(SEED, 3, k, place);
      seen.add(place.mask());
    }
    assertTrue(seen.size() > 995, "only " + seen.size() + " masks in 1,000 patches");
    assertTrue(seen.stream().anyMatch(mask -> mask > size * 0.99));
    assertTrue(seen.stream().anyMatch(mask -> mask < size * 0.01));
  }

  @Test
  void wrongNumbersAreRefusedWithWhatWasExpected() {
    FakeMasks masks = FakeMasks.of(mask(4, 4, 3), mask(4, 4));
    Sampling sampling = Sampling.of(masks, 2, 2);
    refused("expected 1 or more", () -> Sampling.of(masks, 0, 2));
    refused("expected 0 to 1", () -> sampling.foreground(1.5, 4));
    refused("expected 0 to 1", () -> sampling.foreground(Double.NaN, 4));
    refused("a batch of 0", () -> sampling.foreground(0.5, 0));
    refused("no mask has foreground", () -> Sampling.of(masks.only(1), 2, 2).foreground(0.5, 4));
    refused("expected 1 or more", () -> sampling.patchesPerMask(0));
    refused("a patch has 0 to 4", () -> sampling.atLeast(sampling.uniform(), 5, 1));
    refused("0 attempts", () -> sampling.atLeast(sampling.uniform(), 1, 0));
    refused("not one patch", () -> sampling.foreground(0.1, 4));
    refused("patches of 2 x 2", () -> sampling.atLeast(sampling.grid(1, 1), 1, 9));
    refused("patches of 2 x 2", () -> sampling.atLeast(Sampling.of(masks, 1, 1).uniform(), 1, 9));
    refused(
        "patches of 2 x 2",
        () -> sampling.atLeast(sampling.atLeast(sampling.uniform(), 1, 9), 2, 9));
    refused("expected 1 or more", () -> sampling.grid(0, 1));
    refused("mask 2: there are 2", () -> masks.only(2));
    refused("listed twice", () -> masks.without(1, 1));
    refused("no mask is chosen", masks::only);
    refused("all masks are left out", () -> masks.without(0, 1));
    for (Sampler sampler :
        List.of(
            sampling.uniform(),
            sampling.byArea(),
            sampling.grid(2, 2),
            sampling.foreground(1, 1))) {
      assertThrows(IndexOutOfBoundsException.class, () -> sampler.draw(1, 1, -1, place));
      assertThrows(
          IndexOutOfBoundsException.class, () -> sampler.draw(1, 1, sampler.size(), place));
    }
  }

  private static void refused(String expected, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
