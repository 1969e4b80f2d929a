package dev.maskmap.convert.coco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.testing.Pixels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Encoding and decoding against a walk over single pixels, down the columns. */
class CocoRleProps {

  @Property(tries = 300)
  void decodeUndoesEncode(
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll boolean noise,
      @ForAll long seed)
      throws IOException {
    Pixels pixels = pixels(height, width, noise, seed);
    PackedMask mask = new PackedMask(height, width, pixels.packed());
    assertArrayEquals(mask.rows(), CocoRle.decode(CocoRle.encode(mask), height, width).rows());
  }

  @Property(tries = 300)
  void runsAreThoseOfTheNaiveWalkAndTheListDecodesToTheMask(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll boolean noise,
      @ForAll long seed)
      throws IOException {
    Pixels pixels = pixels(height, width, noise, seed);
    List<Long> expected = naiveRuns(pixels);
    List<Long> runs = new ArrayList<>();
    Runs.each(pixels.packed(), height, width, length -> runs.add((long) length));
    assertEquals(expected, runs);
    long[] counts = expected.stream().mapToLong(Long::longValue).toArray();
    assertArrayEquals(pixels.packed(), CocoRle.decode(counts, height, width).rows());
  }

  private static Pixels pixels(int height, int width, boolean noise, long seed) {
    return noise ? Pixels.noise(height, width, seed) : Pixels.blobs(height, width, seed);
  }

  private static List<Long> naiveRuns(Pixels pixels) {
    List<Long> runs = new ArrayList<>();
    boolean value = false;
    long length = 0;
    for (int x = 0; x < pixels.width(); x++) {
      for (int y = 0; y < pixels.height(); y++) {
        if (pixels.get(y, x) != value) {
          runs.add(length);
          length = 0;
          value = !value;
        }
        length++;
      }
    }
    runs.add(length);
    return runs;
  }
}
