package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.internal.os.HugePages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads random patches as fast as it goes: lists drawn beforehand, walked through round after
 * round.
 *
 * @param size of a patch
 * @param pixel what a pixel becomes
 * @param threads each with a list and a destination of its own
 * @param warmupSeconds before anything is measured
 * @param seconds measured
 * @param ringBytes of a thread's destination; 0 is room for one patch, used again and again
 * @param seed of the patches
 * @param ahead patches that are prefetched before each is read; 0 for none
 */
record Bench(
    Size size,
    PixelType pixel,
    int threads,
    double warmupSeconds,
    double seconds,
    long ringBytes,
    long seed,
    int ahead) {
  /** Patches of one round. */
  static final int PATCHES = 4096;

  private static final int MIN_ROUNDS = 5;
  private static final int ALIGNMENT = 64;

  /** Runs it. */
  BenchResult run(MaskStore store) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(threads);
    List<Future<double[]>> futures = new ArrayList<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("bench-", 0).factory())) {
      try {
        for (int i = 0; i < threads; i++) {
          Patches patches = Patches.draw(store, PATCHES, size, seed + i);
          futures.add(workers.submit(() -> measure(store, patches, start)));
        }
        List<double[]> rounds = new ArrayList<>();
        for (Future<double[]> future : futures) {
          rounds.add(future.get());
        }
        return BenchResult.of(this, rounds);
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      } finally {
        workers.shutdownNow();
      }
    }
  }

  private static IllegalStateException failure(@Nullable Throwable cause) {
    switch (cause) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(cause);
    }
  }

  /** Bytes from one patch to the next in a destination. */
  long slotBytes() {
    return Math.ceilDiv(pixel.patchBytes(size.height(), size.width()), ALIGNMENT) * ALIGNMENT;
  }

  /** Bytes of the destination of one thread. */
  long destinationBytes() {
    return Math.max(1, ringBytes / slotBytes()) * slotBytes();
  }

  /** The destination of one thread. */
  MemorySegment destination(Arena arena) {
    return HugePages.allocate(destinationBytes(), ALIGNMENT, arena);
  }

  /** Returns the nanoseconds a patch of each round. */
  private double[] measure(MaskStore store, Patches patches, CountDownLatch start)
      throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment destination;
      try {
        destination = destination(arena);
        rounds(store, patches, destination, warmupSeconds);
      } finally {
        // Also where it failed: nobody waits for it.
        start.countDown();
      }
      start.await();
      return rounds(store, patches, destination, seconds);
    }
  }

  double[] rounds(MaskStore store, Patches patches, MemorySegment to, double seconds) {
    double[] nanos = new double[1024];
    int done = 0;
    long begin = System.nanoTime();
    long now = begin;
    while (done < MIN_ROUNDS || now - begin < seconds * 1e9) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted");
      }
      if (done == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * done);
      }
      long before = System.nanoTime();
      round(store, patches, to);
      now = System.nanoTime();
      nanos[done++] = (now - before) / (double) PATCHES;
    }
    return Arrays.copyOf(nanos, done);
  }

  /** Every patch once, one slot of the destination after the other. Allocates nothing. */
  void round(MaskStore store, Patches patches, MemorySegment to) {
    long slot = slotBytes();
    long[] masks = patches.masks();
    int[] y = patches.y();
    int[] x = patches.x();
    int height = patches.size().height();
    int width = patches.size().width();
    long last = to.byteSize() - slot;
    long offset = 0;
    for (int i = 0; i < ahead && i < masks.length; i++) {
      store.prefetch(masks[i], y[i], x[i], height, width);
    }
    for (int i = 0; i < masks.length; i++) {
      int later = i + ahead;
      if (ahead > 0 && later < masks.length) {
        store.prefetch(masks[later], y[later], x[later], height, width);
      }
      store.read(masks[i], y[i], x[i], height, width, pixel, to, offset);
      offset = offset == last ? 0 : offset + slot;
    }
  }
}
