package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.testing.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Masks come as often as their weights say. */
class WeightsTest {
  private static final long SEED = 20_261_125;

  private final Place place = new Place();

  private static Pixels mask(int height, int width, int... positions) {
    BitSet bits = new BitSet();
    for (int position : positions) {
      bits.set(position);
    }
    return Pixels.of(height, width, bits);
  }

  private long[] masks(Sampler sampler, int masks, int epochs) {
    long[] counts = new long[masks];
    for (long epoch = 0; epoch < epochs; epoch++) {
      for (long k = 0; k < sampler.size(); k++) {
        sampler.draw(SEED, epoch, k, place);
        counts[(int) place.mask()]++;
      }
    }
    return counts;
  }

  @Test
  void masksComeAsTheirWeightsSay() {
    double[] weights = {1, 0, 2.5, 0.25, 10, 0, 1e-3};
    FakeMasks masks = new FakeMasks(List.of(mask(4, 5)), 7);
    Sampler sampler = Sampling.of(masks, 2, 2).patchesPerMask(3).weights(weights).uniform();
    assertEquals(21, sampler.size());
    ChiSquare.assertFits(masks(sampler, 7, 10_000), weights);
  }

  /** Within a mask all places stay equally likely, and do not depend on what led to the mask. */
  @Test
  void placesOfWeighedMasksAreEquallyLikely() {
    FakeMasks masks = new FakeMasks(List.of(mask(4, 5)), 3);
    Sampler sampler = Sampling.of(masks, 2, 2).weights(1, 2, 3).uniform();
    for (int attempt = 0; attempt < 3; attempt++) {
      long[] counts = new long[3 * 12];
      double[] weights = new double[3 * 12];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = 1 + i / 12;
      }
      for (long epoch = 0; epoch < 20_000; epoch++) {
        sampler.draw(SEED, epoch, 1, attempt, place);
        counts[(int) place.mask() * 12 + place.y() * 4 + place.x()]++;
      }
      ChiSquare.assertFits(counts, weights);
    }
  }

  /** An empty mask's turn goes to the others by their weights, never to one of weight 0. */
  @Test
  void emptyMasksAreReplacedByWeight() {
    FakeMasks masks =
        FakeMasks.of(mask(4, 4), mask(4, 4, 3), mask(4, 4, 1, 2, 3), mask(4, 4, 9), mask(4, 4, 5));
    double[] weights = {8, 1, 3, 0, 2};
    Sampler sampler = Sampling.of(masks, 2, 2).weights(weights).foreground(1, 1);
    ChiSquare.assertFits(masks(sampler, 5, 4_000), new double[] {0, 1, 3, 0, 2});
  }

  /** Of 1,000 masks one has both, a weight and foreground; one has foreground and no weight. */
  @Test
  void theLastResortHasAWeightToo() {
    List<Pixels> pixels = new ArrayList<>(Collections.nCopies(1_000, mask(4, 4)));
    pixels.set(921, mask(4, 4, 15));
    pixels.set(17, mask(4, 4, 0, 1, 2, 3, 4, 5));
    double[] weights = new double[1_000];
    Arrays.fill(weights, 1);
    weights[17] = 0;
    Sampler sampler =
        Sampling.of(new FakeMasks(pixels, 1_000), 2, 2).weights(weights).foreground(1, 4);
    for (long k = 0; k < 100; k++) {
      sampler.draw(SEED, 0, k, place);
      assertEquals("mask 921 at y 2, x 2", place.toString());
    }
  }

  @Test
  void smallMasksThatAreSkippedNeverComeWhateverTheirWeight() {
    FakeMasks masks = FakeMasks.of(mask(4, 4), mask(1, 4), mask(4, 4), mask(4, 1), mask(4, 4));
    Sampling sampling = Sampling.of(masks, 2, 2).smallMasks(SmallMasks.SKIP);
    Sampler sampler = sampling.weights(1, 100, 2, 100, 0).uniform();
    assertEquals(3, sampler.size());
    ChiSquare.assertFits(masks(sampler, 5, 5_000), new double[] {1, 0, 2, 0, 0});
    refused("have weight 0", () -> sampling.weights(0, 1, 0, 1, 0).uniform());
  }

  @Property(tries = 300)
  void unitsFindMasksAsALoopDoes(@ForAll long seed) {
    Random random = new Random(seed);
    int masks = 1 + random.nextInt(12);
    long[] listed = LongStream.range(0, masks).filter(i -> random.nextBoolean()).toArray();
    long[] own =
        LongStream.of(listed)
            .map(i -> random.nextInt(3) == 0 ? 0 : random.nextInt(1 << 21))
            .toArray();
    long[] all = LongStream.range(0, masks).map(i -> 1 << 20).toArray();
    for (int i = 0; i < listed.length; i++) {
      all[(int) listed[i]] = own[i];
    }
    long sum = LongStream.of(all).sum();
    if (sum == 0) {
      refused("weight 0", () -> Units.of(masks, listed, own));
      return;
    }
    Units units = Units.of(masks, listed, own);
    assertEquals(sum, units.total());
    assertArrayEquals(
        LongStream.range(0, masks).filter(i -> all[(int) i] == 0).toArray(), units.none());
    long before = 0;
    for (int i = 0; i < masks; i++) {
      assertEquals(all[i], units.units(i));
      if (all[i] > 0) {
        assertEquals(i, units.maskOf(before));
        assertEquals(i, units.maskOf(before + all[i] - 1));
      }
      before += all[i];
    }
    long[] leftOut = LongStream.range(0, masks).filter(i -> random.nextInt(4) == 0).toArray();
    long[] left =
        LongStream.range(0, masks)
            .filter(i -> LongStream.of(leftOut).noneMatch(out -> out == i))
            .map(i -> all[(int) i])
            .toArray();
    if (LongStream.of(left).sum() > 0) {
      Units rest = units.without(leftOut);
      assertArrayEquals(left, LongStream.range(0, rest.size()).map(rest::units).toArray());
      assertEquals(LongStream.of(left).sum(), rest.total());
    }
  }

  @Test
  void weightsThatMeanNothingAreRefused() {
    FakeMasks masks = FakeMasks.of(mask(4, 4, 3), mask(4, 4));
    Sampling sampling = Sampling.of(masks, 2, 2);
    refused("3 weights for 2 masks", () -> sampling.weights(1, 2, 3));
    refused("mask 1: weight -1.0", () -> sampling.weights(1, -1));
    refused("mask 0: weight NaN", () -> sampling.weights(Double.NaN, 1));
    refused("steps of 2^-20", () -> sampling.weights(1, 1e-9));
    refused("all masks have weight 0", () -> sampling.weights(0, 0));
    refused("more than 2^42", () -> sampling.weights(4e12, 4e12));
    refused("takes no weights", () -> sampling.weights(1, 2).byArea());
    refused("takes no weights", () -> sampling.weights(1, 2).grid(1, 1));
    refused("takes no weights", () -> sampling.weights(1, 2).foregroundOfAll(1, 1));
    refused("no mask has foreground", () -> sampling.weights(0, 1).foreground(1, 1));
  }

  private static void refused(String expected, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void aFileGivesWeightsByNameToAllAndToSomeMasks(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("weights.tsv");
    Files.writeString(file, "# hard ones\nm3\t4\r\n\nm1\t0\nm0\t.5\n");
    Path path =
        dev.maskmap.testing.Masks.write(
            folder.resolve("s.masks"), Collections.nCopies(5, mask(3, 3)));
    try (MaskStore store = MaskStore.open(path)) {
      Weights weights = Weights.read(file, store);
      Sampler all = Sampling.of(store, 2, 2).weights(weights).uniform();
      ChiSquare.assertFits(masks(all, 5, 5_000), new double[] {.5, 0, 1, 4, 1});
      assertEquals(
          Sampling.of(store, 2, 2).weights(.5, 0, 1, 4, 1).uniform().describe(), all.describe());
      Masks some = Masks.of(store).without(2).only(3, 1, 2);
      Sampler few = Sampling.of(some, 2, 2).weights(weights).uniform();
      ChiSquare.assertFits(masks(few, 5, 5_000), new double[] {0, 0, 0, 4, 1});
      refused(
          "weights of a store of 5 masks",
          () -> Sampling.of(FakeMasks.of(mask(3, 3)), 2, 2).weights(weights));
    }
  }
}
