package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Pixels;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Of several classes each has its share of every batch. */
class ClassSamplerTest {
  private static final long SEED = 20_261_126;

  private final Place place = new Place();

  private static Pixels mask(int height, int width, int... positions) {
    BitSet bits = new BitSet();
    for (int position : positions) {
      bits.set(position);
    }
    return Pixels.of(height, width, bits);
  }

  /** A batch of 10: 2 patches of roads, 5 of cars, and 3 that are uniform. */
  @Test
  void eachClassHasItsPatchesOfEveryBatchFromAllOfItsForeground() {
    FakeMasks all = FakeMasks.of(mask(2, 3), mask(3, 3), mask(2, 2));
    FakeMasks road = FakeMasks.of(mask(2, 3, 0, 1, 2, 3, 4, 5), mask(3, 3, 4), mask(2, 2));
    FakeMasks car = FakeMasks.of(mask(2, 3), mask(3, 3, 0, 8), mask(2, 2, 3));
    Sampling sampling = Sampling.of(all, 1, 1).patchesPerMask(20);
    Sampler sampler =
        sampling.foregroundOfClasses(
            List.of(new ClassShare("road", road, 0.2), new ClassShare("car", car, 0.5)), 10);
    Sampler uniform = sampling.uniform();
    assertEquals(10, sampler.batch());
    assertEquals(60, sampler.size());
    int[] firsts = {0, 6, 15};
    long[][] counts = new long[2][19];
    Place other = new Place();
    for (long epoch = 0; epoch < 500; epoch++) {
      for (long k = 0; k < sampler.size(); k++) {
        sampler.draw(SEED, epoch, k, place);
        int mask = (int) place.mask();
        int at = firsts[mask] + place.y() * all.width(mask) + place.x();
        if (k % 10 < 7) {
          counts[k % 10 < 2 ? 0 : 1][at]++;
        } else {
          uniform.draw(SEED, epoch, k, other);
          assertEquals(other.toString(), place.toString());
        }
      }
    }
    ChiSquare.assertFits(counts[0], weights(0, 1, 2, 3, 4, 5, 10));
    ChiSquare.assertFits(counts[1], weights(6, 14, 18));
  }

  private static double[] weights(int... positions) {
    double[] weights = new double[19];
    for (int position : positions) {
      weights[position] = 1;
    }
    return weights;
  }

  /** One class is what foreground of all is. */
  @Test
  void oneClassDrawsAsForegroundOfAllDoes() {
    List<Pixels> pixels = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pixels.add(Pixels.blobs(30, 40, i));
    }
    FakeMasks masks = new FakeMasks(pixels, 20);
    Sampling sampling = Sampling.of(masks.without(3, 4), 5, 7);
    Masks same = new FakeMasks(pixels, 20).without(3, 4);
    Sampler classes = sampling.foregroundOfClasses(List.of(new ClassShare("a", same, 0.5)), 4);
    Sampler one = sampling.foregroundOfAll(0.5, 4);
    Place other = new Place();
    for (long k = 0; k < one.size(); k++) {
      classes.draw(SEED, 1, k, 3, place);
      one.draw(SEED, 1, k, 3, other);
      assertEquals(other.toString(), place.toString());
    }
  }

  @Test
  void smallMasksAreSkippedInAllClasses() {
    FakeMasks all = FakeMasks.of(mask(1, 9), mask(4, 4), mask(4, 4));
    FakeMasks car = FakeMasks.of(mask(1, 9, 0, 1, 2), mask(4, 4, 0), mask(4, 4, 15));
    Sampler sampler =
        Sampling.of(all, 2, 2)
            .smallMasks(SmallMasks.SKIP)
            .foregroundOfClasses(List.of(new ClassShare("car", car, 1)), 1);
    for (long k = 0; k < 2; k++) {
      sampler.draw(SEED, k, k, place);
      assertEquals(place.mask() == 1 ? "mask 1 at y 0, x 0" : "mask 2 at y 2, x 2", place + "");
    }
  }

  @Test
  void classesThatDoNotFitAreRefusedByName() {
    FakeMasks all = FakeMasks.of(mask(4, 4, 0), mask(5, 4));
    Sampling sampling = Sampling.of(all, 2, 2);
    refused("no class", sampling, 4);
    refused(
        "class 'a' has 1 masks, and the others 2",
        sampling,
        4,
        new ClassShare("a", FakeMasks.of(mask(4, 4)), 1));
    refused(
        "mask 1 has 4 x 5 pixels (height x width) in class 'b', and 5 x 4",
        sampling,
        4,
        new ClassShare("a", all, .5),
        new ClassShare("b", FakeMasks.of(mask(4, 4), mask(4, 5)), .5));
    refused(
        "take the same of both",
        Sampling.of(all.only(0), 2, 2),
        4,
        new ClassShare("a", FakeMasks.of(mask(4, 4)), 1));
    refused(
        "class 'a': a share of 0.1 of a batch of 4 is not one patch",
        sampling,
        4,
        new ClassShare("a", all, .1));
    refused(
        "5 patches of a batch of 4",
        sampling,
        4,
        new ClassShare("a", all, .5),
        new ClassShare("b", all, .75));
    refused(
        "class 'empty': no mask has foreground",
        sampling,
        4,
        new ClassShare("empty", FakeMasks.of(mask(4, 4), mask(5, 4)), 1));
    said("class 'a': share of foreground 1.5", () -> new ClassShare("a", all, 1.5));
  }

  private static void refused(
      String expected, Sampling sampling, int batch, ClassShare... classes) {
    said(expected, () -> sampling.foregroundOfClasses(List.of(classes), batch));
  }

  private static void said(String expected, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
