package dev.maskmap.jmh;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.maskmap.Layout;
import dev.maskmap.PixelType;
import dev.maskmap.internal.kernel.Kernels;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pins what each benchmark computes, so that a fast wrong one is noticed. */
@Tag("once")
class BenchmarksTest {
  private static final int SIDE = 256;

  @Test
  void readsOfBothLayoutsGiveThePixelsThatTheMasksWereMadeOf() {
    for (Layout layout : Layout.values()) {
      for (int side : new int[] {17, 250, 512}) {
        PatchBench bench = new PatchBench();
        bench.layout = layout;
        bench.side = side;
        bench.open();
        try {
          assertEquals(layout, bench.patches.store.layout());
          assertSamePixels(bench.patches, bench::read);
        } finally {
          bench.close();
        }
      }
    }
  }

  @Test
  void everyOtherWayToAPatchGivesTheSamePixels() {
    BaselineBench bench = new BaselineBench();
    bench.open();
    try {
      assertSamePixels(bench.patches, bench::naive);
      assertSamePixels(bench.patches, bench::throughArrays);
      assertSamePixels(bench.patches, bench::cropOfBytes);
      assertSamePixels(bench.patches, bench::pixelsOfBytes);
    } finally {
      bench.close();
    }
  }

  private static void assertSamePixels(BenchStore patches, Supplier<MemorySegment> read) {
    for (int n = 0; n < 3; n++) {
      byte[] pixels = read.get().toArray(JAVA_BYTE);
      assertArrayEquals(patches.expected(patches.last()), pixels);
    }
  }

  @Test
  void thePulledRowsHoldThePatchBitByBit() {
    BaselineBench bench = new BaselineBench();
    bench.open();
    try {
      byte[] pulled = bench.pull();
      int i = bench.patches.last();
      int bit = bench.patches.ys[i] % 8;
      byte[] expected = bench.patches.expected(i);
      for (int p = 0; p < expected.length; p++) {
        int y = bit + p / SIDE;
        int set = pulled[y / 8 * SIDE + p % SIDE] >> (7 - y % 8) & 1;
        assertEquals(expected[p], set, "pixel " + p);
      }
    } finally {
      bench.close();
    }
  }

  @Test
  void wholeMasksAreTheSameFromBitsAndFromBytes() {
    BaselineBench bench = new BaselineBench();
    bench.open();
    try {
      byte[] ours = bench.wholeMask().toArray(JAVA_BYTE);
      int mask = bench.patches.masks[bench.patches.last()];
      assertArrayEquals(BenchData.sources().pixels(mask), ours);
      byte[] copied = bench.wholeOfBytes().toArray(JAVA_BYTE);
      int next = bench.patches.masks[bench.patches.last()];
      assertArrayEquals(BenchData.sources().pixels(next), copied);
    } finally {
      bench.close();
    }
  }

  @Test
  void fillAndCopyWriteAsManyBytesAsThePatchHas() {
    BaselineBench bench = new BaselineBench();
    bench.type = PixelType.FLOAT32;
    bench.open();
    try {
      bench.fill();
      byte[] filled = bench.fill().toArray(JAVA_BYTE);
      assertEquals(SIDE * SIDE * 4, count(filled, b -> b == 1));
      byte[] copied = bench.copy().toArray(JAVA_BYTE);
      assertEquals(SIDE * SIDE * 4, count(copied, b -> b == 0));
    } finally {
      bench.close();
    }
  }

  @Test
  void theTypeOfAFillIsNothingToTheOthers() {
    BaselineBench bench = new BaselineBench();
    bench.type = PixelType.PACKED;
    bench.open();
    try {
      assertEquals(SIDE * SIDE / 8, bench.fill().byteSize());
      assertSamePixels(bench.patches, bench::naive);
      assertSamePixels(bench.patches, bench::cropOfBytes);
    } finally {
      bench.close();
    }
  }

  @Test
  void batchesHoldTheirPatchesInOrderAndGoAroundTheRing() {
    for (int ring : new int[] {1, 2}) {
      BatchBench bench = new BatchBench();
      bench.data = BenchData.HOT;
      bench.ring = ring;
      bench.open(0);
      try {
        int first = bench.patches.last() + 1;
        assertBatch(bench, bench.one(), 0, first);
        assertBatch(bench, bench.one(), (ring - 1) * 64, first + 64);
      } finally {
        bench.close();
      }
    }
  }

  private static void assertBatch(BatchBench bench, MemorySegment batches, int slot, int first) {
    byte[] all = batches.toArray(JAVA_BYTE);
    for (int p : new int[] {0, 1, 63}) {
      int from = (slot + p) * SIDE * SIDE;
      byte[] patch = Arrays.copyOfRange(all, from, from + SIDE * SIDE);
      assertArrayEquals(bench.patches.expected(first + p), patch, "patch " + p);
    }
  }

  @Test
  void countAndSelectAgreeWithThePixels() {
    for (Layout layout : Layout.values()) {
      MaskBench bench = new MaskBench();
      bench.layout = layout;
      bench.open();
      try {
        for (int n = 0; n < 3; n++) {
          long counted = bench.count();
          BenchStore patches = bench.patches;
          assertEquals(count(patches.expected(patches.last()), b -> b == 1), counted);
          long before = bench.foregroundBefore();
          int i = patches.last();
          byte[] pixels = BenchData.sources().pixels(patches.masks[i]);
          byte[] above = Arrays.copyOf(pixels, patches.ys[i] / 8 * 8 * BenchData.WIDTH);
          assertEquals(count(above, b -> b == 1), before);
          assertSelects(bench);
        }
      } finally {
        bench.close();
      }
    }
  }

  /**
   * Fails unless the pixel that select found is foreground and as many as asked for come before.
   */
  private static void assertSelects(MaskBench bench) {
    int found = (int) bench.select();
    int i = bench.patches.last();
    byte[] pixels = BenchData.sources().pixels(bench.patches.masks[i]);
    int y = found / BenchData.WIDTH;
    int x = found % BenchData.WIDTH;
    long before = 0;
    for (int p = 0; p < (y / 8 + 1) * 8 * BenchData.WIDTH; p++) {
      int column = p % BenchData.WIDTH;
      int row = p / BenchData.WIDTH;
      boolean earlier = row / 8 < y / 8 || column < x || (column == x && row < y);
      before += earlier ? pixels[p] : 0;
    }
    assertEquals(1, pixels[found]);
    assertEquals(bench.pixels[i], before);
  }

  @Test
  void packingGivesThePackedRowsOfTheStoreAndAddCounts() throws IOException {
    PackBench bench = new PackBench();
    bench.open();
    try (BenchStore hot = new BenchStore(BenchData.HOT, Layout.BITS, SIDE)) {
      assertArrayEquals(hot.store.mask(1).packed().toArray(JAVA_BYTE), bench.pack());
      assertEquals(1, bench.add());
      assertEquals(2, bench.add());
      assertArrayEquals(BenchData.sources().pixels(1), bench.copy());
    } finally {
      bench.close();
    }
  }

  @Test
  void openOpensAsManyMasksAsItSays() throws IOException {
    for (Layout layout : Layout.values()) {
      OpenBench bench = new OpenBench();
      bench.masks = 300;
      bench.layout = layout;
      bench.write();
      try {
        assertEquals(300, bench.open());
      } finally {
        bench.remove();
      }
    }
  }

  @Test
  void bothImportsGiveTheSameStoreAndInflatingReadsAllRows() throws Exception {
    ImportBench bench = new ImportBench();
    bench.files = 3;
    bench.draw();
    try {
      byte[] ours = Files.readAllBytes(bench.importPngs().resolve("maskmap.json"));
      byte[] theirs = Files.readAllBytes(bench.importThroughImageIo().resolve("maskmap.json"));
      assertArrayEquals(theirs, ours);
      assertEquals(3 * 1080 * (1 + 1920 / 8), bench.inflateAlone());
    } finally {
      bench.delete();
    }
  }

  @Test
  void everyDestinationOfTheMixHoldsThePatch() {
    for (boolean mixed : new boolean[] {false, true}) {
      for (String destination : new String[] {"native", "mapped", "heap"}) {
        MixedBench bench = new MixedBench();
        bench.destination = destination;
        bench.mixed = mixed;
        bench.open();
        try {
          assertSamePixels(bench.data, bench::read);
        } finally {
          bench.close();
        }
      }
    }
  }

  @Test
  void aKernelIsForcedInAProcessThatRunsItOrNotAtAll() {
    String running = Kernels.get().name();
    String other = running.equals("scalar") ? "128" : "scalar";
    String before = System.getProperty(Kernels.PROPERTY);
    try {
      ForcedKernel.run(ForcedKernel.PREFERRED);
      ForcedKernel.run(running.replace("vector ", ""));
      assertThrows(IllegalStateException.class, () -> ForcedKernel.run(other));
    } finally {
      if (before == null) {
        System.clearProperty(Kernels.PROPERTY);
      } else {
        System.setProperty(Kernels.PROPERTY, before);
      }
    }
  }

  private static long count(byte[] bytes, IntPredicate which) {
    return IntStream.range(0, bytes.length).map(i -> bytes[i]).filter(which).count();
  }
}
