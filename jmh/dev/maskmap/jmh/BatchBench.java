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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Batches of 64 random 256x256 patches, written one behind the other into a ring of batches, as a
 * loader does. Times are those of one patch in one thread. Two threads fill a ring each, from
 * stores of their own.
 *
 * <pre>bin/maskmap-bench BatchBench -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BatchBench {
  private static final int SIDE = 256;
  private static final int BATCH = 64;
  private static final int WARM_UP_BATCHES = 320;
  private static final long PATCH = PixelType.UINT8.patchBytes(SIDE, SIDE);

  /** How masks lie in the store. */
  @Param public Layout layout = Layout.BITS;

  /** Which masks. */
  @Param("WIDE")
  public BenchData data = BenchData.WIDE;

  /** Batches of the ring, 4 MiB each. */
  @Param({"1", "4"})
  public int ring = 1;

  private Arena arena;
  BenchStore patches;
  private MemorySegment batches;
  private int slot;

  /** Opens the store. */
  @Setup
  public void open(ThreadParams threads) {
    open(threads.getThreadIndex());
  }

  void open(int thread) {
    arena = Arena.ofShared();
    patches = new BenchStore(data, layout, SIDE, 7 + thread);
    batches = arena.allocate(ring * BATCH * PATCH, 64);
    // A warm-up by time alone is too short where other programs take the core.
    for (int i = 0; i < WARM_UP_BATCHES * ring; i++) {
      batch();
    }
  }

  /** Closes it. */
  @TearDown
  public void close() {
    patches.close();
    arena.close();
  }

  /** One thread. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public MemorySegment one() {
    return batch();
  }

  /** Two threads. */
  @Benchmark
  @Threads(2)
  @OperationsPerInvocation(BATCH)
  public MemorySegment two() {
    return batch();
  }

  private MemorySegment batch() {
    long offset = slot * BATCH * PATCH;
    for (int p = 0; p < BATCH; p++, offset += PATCH) {
      int i = patches.next();
      patches.store.read(
          patches.masks[i],
          patches.ys[i],
          patches.xs[i],
          SIDE,
          SIDE,
          PixelType.UINT8,
          batches,
          offset);
    }
    slot = (slot + 1) % ring;
    return batches;
  }
}
