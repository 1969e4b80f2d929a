package dev.maskmap.jmh;

import dev.maskmap.Layout;
import dev.maskmap.Mask;
import dev.maskmap.Region;
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
 * Counting and selecting through views of masks that were made before: random 256x256 regions,
 * random packed rows, random foreground pixels.
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

  /** How masks lie in the store. */
  @Param public Layout layout = Layout.BITS;

  /** Which masks. */
  @Param({"HOT", "WIDE"})
  public BenchData data = BenchData.HOT;

  private final Mask[] masks = new Mask[BenchStore.PATCHES];
  private final Region[] regions = new Region[BenchStore.PATCHES];
  final long[] pixels = new long[BenchStore.PATCHES];
  BenchStore patches;

  /** Opens the store and makes the views. */
  @Setup
  public void open() {
    patches = new BenchStore(data, layout, SIDE);
    for (int i = 0; i < BenchStore.PATCHES; i++) {
      int y = patches.ys[i];
      int x = patches.xs[i];
      masks[i] = patches.store.mask(patches.masks[i]);
      while (masks[i].count() == 0) { // nothing to select there
        patches.masks[i] = (patches.masks[i] + 1) % data.masks;
        masks[i] = patches.store.mask(patches.masks[i]);
      }
      regions[i] = Region.of(y, x, SIDE, SIDE);
      // Any number below the mask's foreground will do, as long as it is not always the same.
      pixels[i] = (y * 1_000_003L + x * 7919L) % masks[i].count();
    }
  }

  /** Closes it. */
  @TearDown
  public void close() {
    patches.close();
  }

  /** Foreground pixels of a region. */
  @Benchmark
  public long count() {
    int i = patches.next();
    return masks[i].count(regions[i]);
  }

  /** Foreground pixels above a packed row: a look-up. */
  @Benchmark
  public long foregroundBefore() {
    int i = patches.next();
    return masks[i].foregroundBefore(patches.ys[i] / 8);
  }

  /** The position of a foreground pixel by its number. */
  @Benchmark
  public long select() {
    int i = patches.next();
    return masks[i].select(pixels[i]);
  }
}
