package dev.maskmap.jmh;

import dev.maskmap.Mask;
import dev.maskmap.PixelType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
 * A random 256x256 patch into one reused native destination; the fill of as many bytes is the
 * bound, a loop over single pixels the baseline.
 *
 * <pre>
 * bin/maskmap-bench PatchBench -prof gc
 * bin/maskmap-bench PatchBench -jvmArgsAppend -Dmaskmap.kernel=scalar
 * bin/maskmap-bench PatchBench.read -p masks=1000 -p type=UINT8,PACKED
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PatchBench {
  /** How masks lie in the store. */
  @Param("bits")
  public String layout = "bits";

  /** 8 masks are hot, 1,000 are wide. */
  @Param({"8", "1000"})
  public int masks = 8;

  /** What a pixel becomes. */
  @Param public PixelType type = PixelType.UINT8;

  private static final int SIDE = 256;
  private Arena arena;
  private BenchStore data;
  MemorySegment dst;
  private byte value;

  /** Writes and opens the store. */
  @Setup
  public void open() {
    arena = Arena.ofShared();
    data = new BenchStore(masks, SIDE);
    dst = arena.allocate(type.patchBytes(SIDE, SIDE), 64);
  }

  /** Removes the store. */
  @TearDown
  public void close() {
    data.close();
    arena.close();
  }

  /** The patch as a tensor. */
  @Benchmark
  public MemorySegment read() {
    int i = data.next();
    data.store.read(data.masks[i], data.ys[i], data.xs[i], SIDE, SIDE, type, dst, 0);
    return dst;
  }

  /** As many bytes of one value. */
  @Benchmark
  public MemorySegment fill() {
    return dst.fill(value++);
  }

  /** Pixel by pixel, as bytes whatever the type. */
  @Benchmark
  public MemorySegment naive() {
    int i = data.next();
    Mask mask = data.store.mask(data.masks[i]);
    long last = dst.byteSize() - 1;
    long at = 0;
    for (int y = data.ys[i]; y < data.ys[i] + SIDE; y++) {
      for (int x = data.xs[i]; x < data.xs[i] + SIDE; x++) {
        dst.set(ValueLayout.JAVA_BYTE, Math.min(at++, last), (byte) (mask.get(y, x) ? 1 : 0));
      }
    }
    return dst;
  }

  /** The patch that the last call took. */
  byte[] expected() {
    int i = data.next() - 1;
    byte[] pixels = BenchStore.pixels(data.masks[i]);
    byte[] patch = new byte[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      int from = (data.ys[i] + y) * BenchStore.WIDTH + data.xs[i];
      System.arraycopy(pixels, from, patch, y * SIDE, SIDE);
    }
    return patch;
  }
}
