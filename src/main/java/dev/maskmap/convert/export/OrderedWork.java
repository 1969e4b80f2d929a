package dev.maskmap.convert.export;

import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Works on masks on several threads and hands the results on in the order of the masks, on the
 * caller's thread. At most two masks a thread are in flight, and of large ones so few that they
 * take a quarter of the memory at most, or one alone.
 */
final class OrderedWork<T> {
  private static final int WINDOW_PER_JOB = 2;
  private static final long BYTES_IN_FLIGHT = Runtime.getRuntime().maxMemory() / 4;

  private final MaskSelection masks;
  private final ExecutorService workers;
  private final int window;
  private final Work<T> work;
  private final Sink<T> sink;
  private final Queue<Future<T>> inFlight = new ArrayDeque<>();
  private int first;
  private long bytes;

  private OrderedWork(
      MaskSelection masks, ExecutorService workers, int window, Work<T> work, Sink<T> sink) {
    this.masks = masks;
    this.workers = workers;
    this.window = window;
    this.work = work;
    this.sink = sink;
  }

  /** What is done for mask {@code i}, on any thread. */
  @FunctionalInterface
  interface Work<T> {
    T of(int i) throws IOException;
  }

  /** Takes the result for mask {@code i}. */
  @FunctionalInterface
  interface Sink<T> {
    void take(int i, T result) throws IOException;
  }

  /**
   * Runs {@code work} for all masks. When it returns or throws, all its threads have ended.
   *
   * @param jobs threads, at least 1
   * @throws IOException the error of the first mask in order, which its message names, or that of
   *     the sink
   * @throws InterruptedException if the calling thread is interrupted
   */
  static <T> void run(MaskSelection masks, int jobs, Work<T> work, Sink<T> sink)
      throws IOException, InterruptedException {
    int threads = Math.min(jobs, masks.size());
    // close() waits for the workers: none outlives this call, whichever way it ends.
    try (ExecutorService workers =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("export-", 1).factory())) {
      try {
        new OrderedWork<>(masks, workers, WINDOW_PER_JOB * threads, work, sink).deliverAll();
      } finally {
        workers.shutdownNow();
      }
    }
  }

  private void deliverAll() throws IOException, InterruptedException {
    for (int i = 0; i < masks.size(); i++) {
      long size = masks.pixels(i);
      while (!inFlight.isEmpty() && (inFlight.size() >= window || size > BYTES_IN_FLIGHT - bytes)) {
        deliver();
      }
      int mask = i;
      inFlight.add(workers.submit(() -> named(mask)));
      bytes += size;
    }
    while (!inFlight.isEmpty()) {
      deliver();
    }
  }

  private T named(int i) throws IOException {
    try {
      return work.of(i);
    } catch (IllegalArgumentException e) {
      throw new IOException(Messages.oneLine(masks.origin(i) + ": " + e.getMessage()), e);
    }
  }

  private void deliver() throws IOException, InterruptedException {
    T result = result(inFlight.remove());
    sink.take(first, result);
    bytes -= masks.pixels(first);
    first++;
  }

  private static <T> T result(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
