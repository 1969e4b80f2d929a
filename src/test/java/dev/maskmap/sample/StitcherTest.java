package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import dev.maskmap.PixelType;
import dev.maskmap.testing.Allocations;
import dev.maskmap.testing.Pixels;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Patches come together again. */
class StitcherTest {
  /** Any patches anywhere, over the edges too, against plain loops. */
  @Property(tries = 300)
  void patchesLieWhereTheyWereAdded(@ForAll long seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(9);
    int width = 1 + random.nextInt(9);
    try (Stitcher last = Stitcher.ofMasks(height, width, Stitcher.Overlap.LAST);
        Stitcher or = Stitcher.ofMasks(height, width, Stitcher.Overlap.OR);
        Stitcher lastFloat = Stitcher.ofFloats(height, width, Stitcher.Overlap.LAST);
        Stitcher mean = Stitcher.ofFloats(height, width, Stitcher.Overlap.MEAN)) {
      // Sizes rise and fall, so that memory is kept and made anew.
      for (int round = 0; round < 4; round++) {
        int rows = 1 + random.nextInt(20);
        int columns = 1 + random.nextInt(20);
        for (Stitcher stitcher : List.of(last, or, lastFloat, mean)) {
          stitcher.begin(rows, columns);
        }
        Expected expected = new Expected(rows, columns);
        for (int n = random.nextInt(8); n > 0; n--) {
          int y = random.nextInt(rows);
          int x = random.nextInt(columns);
          int offset = random.nextInt(5);
          byte[] bytes = new byte[offset + height * width + random.nextInt(3)];
          byte[] floats = new byte[offset + 4 * height * width];
          for (int i = 0; i < height * width; i++) {
            bytes[offset + i] = (byte) random.nextInt(2);
            float value = random.nextInt(256) / 16f;
            MemorySegment.ofArray(floats)
                .set(ValueLayout.JAVA_FLOAT_UNALIGNED, offset + 4L * i, value);
            if (y + i / width < rows && x + i % width < columns) {
              expected.add((y + i / width) * columns + x + i % width, bytes[offset + i], value);
            }
          }
          last.add(MemorySegment.ofArray(bytes), offset, y, x);
          or.add(MemorySegment.ofArray(bytes), offset, y, x);
          lastFloat.add(MemorySegment.ofArray(floats), offset, y, x);
          mean.add(MemorySegment.ofArray(floats), offset, y, x);
        }
        assertArrayEquals(expected.last, last.result().toArray(ValueLayout.JAVA_BYTE));
        assertArrayEquals(expected.or, or.result().toArray(ValueLayout.JAVA_BYTE));
        assertArrayEquals(expected.lastFloat, lastFloat.result().toArray(ValueLayout.JAVA_FLOAT));
        assertArrayEquals(expected.mean(), mean.result().toArray(ValueLayout.JAVA_FLOAT));
        assertArrayEquals(expected.mean(), mean.result().toArray(ValueLayout.JAVA_FLOAT));
      }
    }
  }

  private static final class Expected {
    final byte[] last;
    final byte[] or;
    final float[] lastFloat;
    private final float[] sums;
    private final int[] counts;

    Expected(int rows, int columns) {
      last = new byte[rows * columns];
      or = new byte[rows * columns];
      lastFloat = new float[rows * columns];
      sums = new float[rows * columns];
      counts = new int[rows * columns];
    }

    void add(int at, byte value, float number) {
      last[at] = value;
      or[at] |= value;
      lastFloat[at] = number;
      sums[at] += number;
      counts[at]++;
    }

    float[] mean() {
      float[] means = sums.clone();
      for (int i = 0; i < means.length; i++) {
        means[i] /= Math.max(1, counts[i]);
      }
      return means;
    }
  }

  /** What is read in a grid and put back is what was in the store, whatever the overlap. */
  @Test
  void aGridComesBackAsTheMasksThatItIsOf(@TempDir Path folder) throws IOException {
    List<Pixels> masks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      masks.add(Pixels.noise(5 + 4 * i, 40 - 3 * i, i));
    }
    Path path = dev.maskmap.testing.Masks.write(folder.resolve("s.masks"), masks);
    try (MaskStore store = MaskStore.open(path)) {
      Sampling sampling = Sampling.of(store, 16, 12).smallMasks(SmallMasks.PAD);
      for (int overlap : new int[] {0, 3, 11}) {
        Sampler grid = sampling.gridOverlap(overlap);
        for (boolean floats : new boolean[] {false, true}) {
          Path copy = folder.resolve("copy-" + overlap + floats);
          stitch(store, grid, copy, floats);
          try (MaskStore stitched = MaskStore.open(copy)) {
            assertEquals(store.id(), stitched.id());
          }
        }
      }
    }
  }

  private static void stitch(MaskStore store, Sampler grid, Path copy, boolean floats)
      throws IOException {
    PixelType type = floats ? PixelType.FLOAT32 : PixelType.UINT8;
    Stitcher.Overlap overlap = floats ? Stitcher.Overlap.MEAN : Stitcher.Overlap.OR;
    try (MaskStoreWriter writer = MaskStoreWriter.create(copy);
        Arena arena = Arena.ofConfined();
        Stitcher stitcher =
            floats ? Stitcher.ofFloats(16, 12, overlap) : Stitcher.ofMasks(16, 12, overlap)) {
      MemorySegment patch = arena.allocate(type.patchBytes(16, 12));
      Place place = new Place();
      long k = 0;
      for (long mask = 0; mask < store.size(); mask++) {
        stitcher.begin(store.height(mask), store.width(mask));
        for (; k < grid.size(); k++) {
          grid.draw(0, 0, k, place);
          if (place.mask() != mask) {
            break;
          }
          int rows = Math.min(16, store.height(mask) - place.y());
          int columns = Math.min(12, store.width(mask) - place.x());
          store.read(mask, place.y(), place.x(), rows, columns, type, patch, 0, type.rowBytes(12));
          stitcher.add(patch, 0, place.y(), place.x());
        }
        if (floats) {
          stitcher.write(writer, store.name(mask), 0.5f);
        } else {
          stitcher.write(writer, store.name(mask));
        }
      }
      assertEquals(grid.size(), k);
      writer.commit();
    }
  }

  @Test
  void aThresholdIsForegroundItself(@TempDir Path folder) throws IOException {
    try (Stitcher stitcher = Stitcher.ofFloats(1, 3, Stitcher.Overlap.LAST);
        MaskStoreWriter writer = MaskStoreWriter.create(folder.resolve("s.masks"))) {
      stitcher.begin(1, 3);
      stitcher.add(MemorySegment.ofArray(new float[] {0.25f, 0.5f, 0.75f}), 0, 0, 0);
      stitcher.write(writer, "a", 0.5f);
      writer.commit();
    }
    try (MaskStore store = MaskStore.open(folder.resolve("s.masks"))) {
      assertFalse(store.mask(0).get(0, 0));
      assertTrue(store.mask(0).get(0, 1));
      assertTrue(store.mask(0).get(0, 2));
    }
  }

  @Test
  void addingAllocatesNothing() {
    try (Stitcher stitcher = Stitcher.ofFloats(16, 16, Stitcher.Overlap.MEAN);
        Arena arena = Arena.ofConfined()) {
      MemorySegment patch = arena.allocate(4 * 16 * 16);
      stitcher.begin(100, 100);
      long allocated = 0;
      // Compiled by the last rounds.
      for (int round = 0; round < 10; round++) {
        long before = Allocations.ofThisThread();
        for (int i = 0; i < 10_000; i++) {
          stitcher.add(patch, 0, i % 100, i / 100);
        }
        allocated = Allocations.ofThisThread() - before;
      }
      assertTrue(allocated < 500, allocated + " bytes");
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    said(
        IllegalArgumentException.class,
        "expected LAST or OR",
        () -> Stitcher.ofMasks(2, 2, Stitcher.Overlap.MEAN));
    said(
        IllegalArgumentException.class,
        "expected LAST or MEAN",
        () -> Stitcher.ofFloats(2, 2, Stitcher.Overlap.OR));
    said(
        IllegalArgumentException.class,
        "expected 1 or more",
        () -> Stitcher.ofMasks(0, 2, Stitcher.Overlap.OR));
    MemorySegment patch = MemorySegment.ofArray(new byte[16]);
    try (Stitcher stitcher = Stitcher.ofFloats(2, 2, Stitcher.Overlap.MEAN)) {
      said(IllegalStateException.class, "no mask was begun", () -> stitcher.add(patch, 0, 0, 0));
      said(IllegalStateException.class, "no mask was begun", stitcher::result);
      said(IllegalArgumentException.class, "a mask of 0 x 1", () -> stitcher.begin(0, 1));
      stitcher.begin(3, 3);
      said(
          IndexOutOfBoundsException.class,
          "at y 3, x 0 of a mask of 3 x 3",
          () -> stitcher.add(patch, 0, 3, 0));
      said(IndexOutOfBoundsException.class, "at y 0, x -1", () -> stitcher.add(patch, 0, 0, -1));
      said(
          IndexOutOfBoundsException.class,
          "16 bytes at byte 1 of 16",
          () -> stitcher.add(patch, 1, 0, 0));
      said(IndexOutOfBoundsException.class, "at byte -1", () -> stitcher.add(patch, -1, 0, 0));
      stitcher.result();
      said(IllegalStateException.class, "begin the next mask", () -> stitcher.add(patch, 0, 0, 0));
    }
  }

  @Test
  @SuppressWarnings("try") // closed by hand, which is what is tested
  void aClosedOneSaysSo() {
    MemorySegment patch = MemorySegment.ofArray(new byte[16]);
    try (Stitcher stitcher = Stitcher.ofFloats(2, 2, Stitcher.Overlap.MEAN)) {
      stitcher.begin(1, 1);
      stitcher.add(patch, 0, 0, 0);
      stitcher.close();
      said(IllegalStateException.class, "is closed", () -> stitcher.add(patch, 0, 0, 0));
      said(IllegalStateException.class, "is closed", () -> stitcher.begin(1, 1));
    }
  }

  private static void said(
      Class<? extends RuntimeException> kind, String expected, Executable call) {
    String message = assertThrows(kind, call).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
