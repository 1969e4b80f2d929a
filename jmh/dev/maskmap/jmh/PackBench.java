package dev.maskmap.jmh;

import dev.maskmap.Layout;
import dev.maskmap.MaskStoreWriter;
import dev.maskmap.internal.kernel.Kernel;
import dev.maskmap.internal.kernel.Kernels;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
 * A full-HD mask of a byte a pixel into a store: all of it (packing, sums, checksum, runs, the
 * write to the page cache), the packing alone, and a copy of the pixels for comparison.
 *
 * <pre>bin/maskmap-bench PackBench</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PackBench {
  private static final int HEIGHT = BenchData.HEIGHT;
  private static final int WIDTH = BenchData.WIDTH;
  private static final int MASKS_BEFORE_A_NEW_STORE = 200;

  /** How masks lie in the store. */
  @Param public Layout layout = Layout.BITS;

  private final byte[] pixels = BenchData.sources().pixels(1);
  private final byte[] eightRows = new byte[8 * WIDTH];
  private final byte[] packed = new byte[HEIGHT / 8 * WIDTH];
  private final byte[] copied = new byte[HEIGHT * WIDTH];
  private Path folder = Path.of("");
  private MaskStoreWriter writer;
  private long added;

  /** Begins a store. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("maskmap-bench");
    writer = begin();
  }

  private MaskStoreWriter begin() throws IOException {
    return MaskStoreWriter.create(folder.resolve("under-way.masks"), layout);
  }

  /** Removes it. */
  @TearDown
  public void close() throws IOException {
    writer.close();
    Files.delete(folder);
  }

  /** One mask more; the writer is begun anew before it fills the disk. Returns their number. */
  @Benchmark
  public long add() throws IOException {
    if (added % MASKS_BEFORE_A_NEW_STORE == MASKS_BEFORE_A_NEW_STORE - 1) {
      writer.close();
      writer = begin();
    }
    writer.add("m" + added, HEIGHT, WIDTH, MemorySegment.ofArray(pixels), WIDTH);
    return ++added;
  }

  /** The packed rows alone. */
  @Benchmark
  public byte[] pack() {
    Kernel kernel = Kernels.get();
    for (int r = 0; r < HEIGHT / 8; r++) {
      System.arraycopy(pixels, r * eightRows.length, eightRows, 0, eightRows.length);
      kernel.pack(eightRows, 8, WIDTH, packed, r * WIDTH);
    }
    return packed;
  }

  /** The pixels into another array. */
  @Benchmark
  public byte[] copy() {
    System.arraycopy(pixels, 0, copied, 0, copied.length);
    return copied;
  }
}
