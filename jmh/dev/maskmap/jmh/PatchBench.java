package dev.maskmap.jmh;

import dev.maskmap.Layout;
import dev.maskmap.PixelType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
 * A random patch into one reused native destination. {@link BaselineBench} has the bounds and what
 * else one could do. Alone, and over everything there is (an hour):
 *
 * <pre>
 * bin/maskmap-bench PatchBench -prof gc
 * bin/maskmap-bench PatchBench -prof gc -f 1 -p kernel=preferred,256,128,scalar -p data=HOT,WIDE \
 *   -p type=UINT8,UINT8_255,FLOAT16,BFLOAT16,FLOAT32,INT64,PACKED -p side=17,64,250,256,257,512
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
  @Param public Layout layout = Layout.BITS;

  /** What a pixel becomes. */
  @Param("UINT8")
  public PixelType type = PixelType.UINT8;

  /** Which kernel runs, as {@link ForcedKernel} knows them. */
  @Param(ForcedKernel.PREFERRED)
  public String kernel = ForcedKernel.PREFERRED;

  /** Which masks. */
  @Param({"HOT", "WIDE"})
  public BenchData data = BenchData.HOT;

  /** Rows and columns of a patch. */
  @Param("256")
  public int side = 256;

  private static final int WARM_UP_READS = 20_000;
  private Arena arena;
  BenchStore patches;
  private MemorySegment dst;

  /** Opens the store. */
  @Setup
  public void open() {
    ForcedKernel.run(kernel);
    arena = Arena.ofShared();
    patches = new BenchStore(data, layout, side);
    dst = arena.allocate(type.patchBytes(side, side), 64);
    // A warm-up by time alone is too short where other programs take the core.
    for (int i = 0; i < WARM_UP_READS; i++) {
      read();
    }
  }

  /** Closes it. */
  @TearDown
  public void close() {
    patches.close();
    arena.close();
  }

  /** The patch as a tensor. */
  @Benchmark
  public MemorySegment read() {
    int i = patches.next();
    patches.store.read(patches.masks[i], patches.ys[i], patches.xs[i], side, side, type, dst, 0);
    return dst;
  }
}
