package dev.maskmap.jmh;

import dev.maskmap.Mask;
import dev.maskmap.MaskStoreWriter;
import dev.maskmap.Region;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is done to masks besides reading patches: counting in a 256x256 region, finding a foreground
 * pixel by its number, and adding a full-HD mask to a store under way (packing, checksum, sums and
 * the write).
 *
 * <pre>bin/maskmap-bench MaskBench -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MaskBench {
  private static final int SIDE = 256;
  private final byte[] pixels = BenchStore.pixels(1);
  private BenchStore data;
  private Path folder;
  private MaskStoreWriter writer;
  private long added;

  /** Writes a store of 8 masks, and begins another. */
  @Setup
  public void open() throws IOException {
    data = new BenchStore(8, SIDE);
    folder = Files.createTempDirectory("maskmap-bench");
    writer =
        MaskStoreWriter.create(
            folder.resolve("under-way.masks"), BenchStore.HEIGHT, BenchStore.WIDTH);
  }

  /** Removes both. */
  @TearDown
  public void close() throws IOException {
    writer.close();
    Files.delete(folder);
    data.close();
  }

  /** Foreground pixels of a random region. */
  @Benchmark
  public long count() {
    int i = data.next();
    return data.store.mask(data.masks[i]).count(Region.of(data.ys[i], data.xs[i], SIDE, SIDE));
  }

  /** The position of a random foreground pixel. */
  @Benchmark
  public long select() {
    int i = data.next();
    Mask mask = data.store.mask(data.masks[i]);
    return mask.select((data.ys[i] * 1_000_003L + data.xs[i] * 7919L) % mask.count());
  }

  /** One mask more; the writer is begun anew before it fills the disk. */
  @Benchmark
  public long add() throws IOException {
    if (added % 1000 == 999) {
      writer.close();
      writer =
          MaskStoreWriter.create(
              folder.resolve("under-way.masks"), BenchStore.HEIGHT, BenchStore.WIDTH);
    }
    writer.add("m" + added, MemorySegment.ofArray(pixels), BenchStore.WIDTH);
    return added++;
  }
}
