package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.internal.npy.NpyHeader;
import dev.maskmap.testing.Allocations;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Foreground pixels by their number, and their numbers by packed row. */
@Tag("kernel")
class SelectTest {
  private static final int READS = 10_000;

  @TempDir Path folder;

  @Property(tries = 120)
  void everyForegroundPixelHasItsNumberInPackedOrder(
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll Layout layout,
      @ForAll long seed)
      throws IOException {
    List<Pixels> masks =
        List.of(Pixels.noise(height, width, seed), Pixels.blobs(height, width, seed + 1));
    Path temporary = Files.createTempDirectory("select");
    try (MaskStore store =
        MaskStore.open(Stores.write(temporary.resolve("s.masks"), layout, masks))) {
      for (int i = 0; i < 2; i++) {
        check(masks.get(i), store.mask(i));
      }
      Path bare = Stores.write(temporary.resolve("b.masks"), masks).resolve("masks.npy");
      try (MaskStore same = MaskStore.openPacked(bare, height)) {
        check(masks.get(1), same.mask(1));
      }
    } finally {
      Stores.delete(temporary);
    }
  }

  @Property(tries = 60)
  void masksOfDifferentSizesKeepTheirNumbers(@ForAll Layout layout, @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<Pixels> masks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      masks.add(Pixels.noise(1 + random.nextInt(40), 1 + random.nextInt(90), seed + i));
    }
    Path temporary = Files.createTempDirectory("select");
    try (MaskStore store =
        MaskStore.open(Stores.write(temporary.resolve("s.masks"), layout, masks))) {
      for (int i = 0; i < masks.size(); i++) {
        check(masks.get(i), store.mask(i));
      }
    } finally {
      Stores.delete(temporary);
    }
  }

  /** Goes through all pixels in packed order. */
  private static void check(Pixels source, Mask mask) {
    int height = source.height();
    int width = source.width();
    long n = 0;
    for (int row = 0; row < source.packedRows(); row++) {
      assertEquals(n, mask.foregroundBefore(row));
      int y = 8 * row;
      int rows = Math.min(8, height - y);
      long first = n;
      for (int x = 0; x < width; x++) {
        for (int k = 0; k < rows; k++) {
          if (source.get(y + k, x)) {
            assertEquals((long) (y + k) * width + x, mask.select(n++));
          }
        }
      }
      assertEquals(n - first, mask.count(Region.of(y, 0, rows, width)));
    }
    assertEquals(n, mask.foregroundBefore(source.packedRows()));
    assertEquals(n, mask.count(Region.of(0, 0, height, width)));
    long area = n;
    assertThrows(IndexOutOfBoundsException.class, () -> mask.select(area));
    assertThrows(IndexOutOfBoundsException.class, () -> mask.select(-1));
    assertThrows(
        IndexOutOfBoundsException.class, () -> mask.foregroundBefore(source.packedRows() + 1));
    assertThrows(IndexOutOfBoundsException.class, () -> mask.foregroundBefore(-1));
  }

  @Test
  void rowsWiderThanTheScratchAreSearchedToTheirEnd() throws IOException {
    Pixels wide = Pixels.noise(9, 40_000, 5);
    try (MaskStore store = MaskStore.open(Stores.write(folder.resolve("s.masks"), wide))) {
      check(wide, store.mask(0));
    }
  }

  /** Nothing but ones, of which the last five of each column lie past the height. */
  @Test
  void bitsPastTheHeightOfABareArrayAreNotSelected() throws IOException {
    int height = 11;
    int width = 21;
    byte[] ones = new byte[2 * width];
    Arrays.fill(ones, (byte) 0xFF);
    Path file = Files.write(folder.resolve("ones.bin"), ones);
    try (MaskStore store = MaskStore.openRaw(file, 0, 1, height, width)) {
      Mask mask = store.mask(0);
      for (long n = 0; n < 3L * width; n++) {
        assertEquals((8 + n % 3) * width + n / 3, mask.select(8L * width + n));
      }
      assertThrows(IndexOutOfBoundsException.class, () -> mask.select((long) height * width));
    }
  }

  /** A mask whose sums need 8 bytes is too large for a test; its index is not. */
  @Test
  void sumsOfMoreThan32BitsAreSearched() {
    long billions = 1L << 32;
    long[] values = {9, 1, billions + 1, billions + 5};
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    RowSums sums = new RowSums(Path.of("sums.npy"), MemorySegment.ofArray(bytes.array()), true);
    assertEquals(billions + 1, sums.before(1, 2));
    assertEquals(billions + 4, sums.between(1, 1, 3));
    assertEquals(0, sums.rowOf(1, 3, 0));
    assertEquals(1, sums.rowOf(1, 3, billions));
    assertEquals(2, sums.rowOf(1, 3, billions + 1));
  }

  /** Sums of 4 bytes have no sign. */
  @Test
  void sumsOf32BitsAreSearched() {
    int[] values = {1, 0x8000_0000, 0xFFFF_FFFF};
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    RowSums sums = new RowSums(Path.of("sums.npy"), MemorySegment.ofArray(bytes.array()), false);
    assertEquals(1L << 31, sums.before(0, 2));
    assertEquals((1L << 31) - 1, sums.between(0, 2, 3));
    assertEquals(2, sums.rowOf(0, 3, 1L << 31));
  }

  @Test
  void numpyFindsTheSamePixels() throws IOException {
    Python python = Python.require("numpy");
    Path path = Stores.write(folder.resolve("s.masks"), Pixels.noise(101, 333, 7));
    StringBuilder ours = new StringBuilder();
    try (MaskStore store = MaskStore.open(path)) {
      for (long n = 0; n < store.mask(0).count(); n += 97) {
        ours.append(store.mask(0).select(n)).append(' ');
      }
    }
    String script =
        """
        import sys
        import numpy as np
        packed = np.load(sys.argv[1])[0]
        bits = np.unpackbits(packed[:, :, None], axis=2)
        row, x, k = np.nonzero(bits)
        print(*((8 * row + k) * packed.shape[1] + x)[::97])
        """;
    String theirs = python.run(script, path.resolve(StoreFiles.MASKS).toString());
    assertEquals(theirs.strip(), ours.toString().strip());
  }

  @Test
  void sumsThatDoNotFitThePixelsAreDamage() throws IOException {
    Path path = Stores.write(folder.resolve("s.masks"), Pixels.noise(64, 50, 3));
    Path sums = path.resolve(StoreFiles.FOREGROUND);
    long last = NpyHeader.BYTES + 4L * 7;
    Stores.flip(sums, last + 1, 7);
    try (MaskStore store = MaskStore.open(path)) {
      Mask mask = store.mask(0);
      long before = mask.foregroundBefore(7);
      mask.select(before - 1);
      Stores.flip(sums, NpyHeader.BYTES + 4L * 3 + 2, 5);
      assertDamaged(() -> mask.count(Region.of(32, 0, 8, 50)));
      assertDamaged(() -> mask.select(mask.count() - 1));
    }
  }

  private static void assertDamaged(Executable read) {
    String message = String.valueOf(assertThrows(IllegalStateException.class, read).getMessage());
    assertTrue(message.contains(StoreFiles.FOREGROUND) && message.contains("damaged"), message);
  }

  @Test
  void closedStoresSaySo() throws IOException {
    MaskStore store =
        MaskStore.open(Stores.write(folder.resolve("s.masks"), Pixels.noise(64, 50, 3)));
    Mask mask = store.mask(0);
    store.close();
    for (Executable read :
        List.<Executable>of(() -> mask.select(0), () -> mask.foregroundBefore(2))) {
      String message = String.valueOf(assertThrows(IllegalStateException.class, read).getMessage());
      assertTrue(message.contains("the store is closed"), message);
    }
  }

  @Test
  void selectingAllocatesNothing() throws IOException {
    try (MaskStore store =
        MaskStore.open(Stores.write(folder.resolve("s.masks"), Pixels.noise(200, 300, 1)))) {
      Mask mask = store.mask(0);
      long area = mask.count();
      double perRead = Double.MAX_VALUE;
      long sum = 0;
      for (int round = 0; round < 30 && perRead >= 1; round++) {
        long before = Allocations.ofThisThread();
        for (int i = 0; i < READS; i++) {
          sum += mask.select(i * 7919L % area) + mask.foregroundBefore(i % 26);
        }
        perRead = (double) (Allocations.ofThisThread() - before) / READS;
      }
      assertTrue(perRead < 1 && sum > 0, "%.1f B a call".formatted(perRead));
    }
  }
}
