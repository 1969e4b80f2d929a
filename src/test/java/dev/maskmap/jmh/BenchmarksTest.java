package dev.maskmap.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.PixelType;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pins what each benchmark computes, so that a fast wrong one is noticed. */
@Tag("once")
class BenchmarksTest {
  @Test
  void readAndTheNaiveLoopGiveTheSamePixels() {
    PatchBench bench = new PatchBench();
    bench.open();
    try {
      byte[] read = bench.read().toArray(ValueLayout.JAVA_BYTE);
      assertArrayEquals(bench.expected(), read);
      byte[] naive = bench.naive().toArray(ValueLayout.JAVA_BYTE);
      assertArrayEquals(bench.expected(), naive);
    } finally {
      bench.close();
    }
  }

  @Test
  void fillWritesAsManyBytesAsThePatchHas() {
    PatchBench bench = new PatchBench();
    bench.type = PixelType.FLOAT32;
    bench.open();
    try {
      bench.fill();
      byte[] filled = bench.fill().toArray(ValueLayout.JAVA_BYTE);
      assertEquals(256 * 256 * 4, count(filled, b -> b == 1));
    } finally {
      bench.close();
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
    for (String destination : new String[] {"native", "mapped", "heap"}) {
      MixedBench bench = new MixedBench();
      bench.destination = destination;
      bench.open();
      try {
        byte[] read = bench.read().toArray(ValueLayout.JAVA_BYTE);
        assertEquals(read.length, count(read, b -> b == 0 || b == 1), destination);
      } finally {
        bench.close();
      }
    }
  }

  @Test
  void countStaysWithinItsRegionAndAddCounts() throws IOException {
    MaskBench bench = new MaskBench();
    bench.open();
    try {
      long sum = IntStream.range(0, 4096).mapToLong(i -> bench.count()).sum();
      assertEquals(true, sum > 0 && sum < 4096L * 256 * 256);
      assertEquals(0, bench.add());
      assertEquals(1, bench.add());
    } finally {
      bench.close();
    }
  }

  private static long count(byte[] bytes, IntPredicate which) {
    return IntStream.range(0, bytes.length).map(i -> bytes[i]).filter(which).count();
  }
}
