package dev.maskmap.jmh;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Opening a store and closing it again: it has to take as long for 100,000 masks as for one.
 *
 * <pre>bin/maskmap-bench OpenBench</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OpenBench {
  private static final int SIDE = 16;

  /** How many there are, of 16x16 pixels. */
  @Param({"1", "100000"})
  public int masks = 1;

  /** How masks lie in the store. */
  @Param("BITS")
  public Layout layout = Layout.BITS;

  private Path folder = Path.of("");
  private Path path = Path.of("");

  /** Writes the store. */
  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory("maskmap-bench");
    path = folder.resolve("many.masks");
    byte[] packed = new byte[SIDE / 8 * SIDE];
    try (MaskStoreWriter writer = MaskStoreWriter.create(path, layout)) {
      for (int i = 0; i < masks; i++) {
        packed[i % packed.length]++;
        writer.addPacked("m" + i, SIDE, SIDE, MemorySegment.ofArray(packed));
      }
      writer.commit();
    }
  }

  /** Removes it. */
  @TearDown
  public void remove() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Opens and closes. Returns the number of masks. */
  @Benchmark
  public long open() throws IOException {
    try (MaskStore store = MaskStore.open(path)) {
      return store.size();
    }
  }
}
