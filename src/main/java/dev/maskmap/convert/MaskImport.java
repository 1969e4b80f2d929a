package dev.maskmap.convert;

import dev.maskmap.convert.ItemStream.Bad;
import dev.maskmap.convert.ItemStream.End;
import dev.maskmap.convert.ItemStream.Entry;
import dev.maskmap.convert.ItemStream.Item;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of inputs on several threads and hands what was made of them to a sink, in the
 * order of the inputs. At most two items a thread are in flight, and of large ones fewer, so memory
 * does not grow with their number. What the sink sees, and the error if there is one, do not depend
 * on the number of threads.
 *
 * @param <T> what is made of an item
 */
public final class MaskImport<T extends ReadMask> {
  /** So many failures are kept for the report; the others are counted. */
  public static final int MAX_FAILURES = 10_000;

  private static final int WINDOW_PER_JOB = 2;

  /** Of what waits for the sink, and of inputs that are being read. */
  private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private final boolean keepGoing;
  private final Work<T> work;
  private final Sink<T> sink;
  private final Tally tally;
  private final AtomicLong held = new AtomicLong();
  private final Queue<Pending<T>> inFlight = new ArrayDeque<>();
  private final ImportNotes notes = new ImportNotes();
  private final ImportSizes sizes = new ImportSizes();
  private final List<String> failures = new ArrayList<>();
  private long reading;
  private long failed;

  /** Makes something of an item, on any thread. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Reads and judges one item.
     *
     * @throws IOException if that cannot be done; one line that begins with the item's origin
     */
    T of(MaskItem item) throws IOException;
  }

  /** Takes what was made of the items, in their order, on the thread that runs the import. */
  @FunctionalInterface
  public interface Sink<T> {
    /**
     * Takes one.
     *
     * @param name unique in the import, and one that a store can hold
     * @throws IOException if it cannot be stored; ends the import
     */
    void take(String name, T mask) throws IOException;
  }

  /** What a worker has made of an entry: one of the two. */
  private record Outcome<T>(@Nullable T mask, @Nullable IOException failure) {}

  private record Pending<T>(Entry entry, long bytes, Future<Outcome<T>> outcome) {}

  private MaskImport(boolean keepGoing, Work<T> work, Sink<T> sink, Tally tally) {
    this.keepGoing = keepGoing;
    this.work = work;
    this.sink = sink;
    this.tally = tally;
  }

  /**
   * Reads all {@code inputs}.
   *
   * @throws IOException if an input or an item cannot be read, a name cannot be used or is used
   *     twice, unless the options say to keep going: the error of the first one in order; or if the
   *     sink throws
   * @throws InterruptedException if the calling thread is interrupted; the sink has seen the first
   *     few masks then
   */
  public static <T extends ReadMask> ImportSummary run(
      List<MaskInput> inputs,
      ImportOptions options,
      Work<T> work,
      Sink<T> sink,
      ImportProgress progress)
      throws IOException, InterruptedException {
    Tally tally = new Tally(inputs, progress);
    MaskImport<T> state = new MaskImport<>(options.keepGoing(), work, sink, tally);
    // close() waits for the workers: none outlives this call, whichever way it ends.
    try (ItemStream items = new ItemStream(inputs, options);
        ExecutorService workers =
            Executors.newFixedThreadPool(
                options.jobs(), Thread.ofPlatform().name("mask-", 1).factory())) {
      try {
        state.deliverAll(items, workers, WINDOW_PER_JOB * options.jobs());
      } finally {
        workers.shutdownNow();
      }
    }
    return state.summary();
  }

  private ImportSummary summary() {
    return new ImportSummary(
        tally.masks(), tally.allBytes(), sizes, notes.lines(), List.copyOf(failures), failed);
  }

  private void deliverAll(ItemStream items, ExecutorService workers, int window)
      throws IOException, InterruptedException {
    while (true) {
      while (inFlight.size() < window && mayRead()) {
        Entry next = items.next();
        if (next == null) {
          break;
        }
        submit(next, workers);
      }
      Pending<T> first = inFlight.poll();
      if (first == null) {
        return;
      }
      deliver(first);
    }
  }

  /** One item is always read, whatever its size. */
  private boolean mayRead() {
    return inFlight.isEmpty() || held.get() + reading < MAX_BYTES;
  }

  private void submit(Entry entry, ExecutorService workers) {
    switch (entry) {
      case Item item -> {
        long bytes = item.item().bytes();
        reading += bytes;
        inFlight.add(new Pending<>(entry, bytes, workers.submit(() -> outcome(item.item()))));
      }
      case Bad bad -> add(entry, new Outcome<>(null, bad.reason()));
      case End end -> add(entry, new Outcome<>(null, null));
    }
  }

  private void add(Entry entry, Outcome<T> known) {
    inFlight.add(new Pending<>(entry, 0, CompletableFuture.completedFuture(known)));
  }

  private Outcome<T> outcome(MaskItem item) {
    try {
      T mask = work.of(item);
      held.addAndGet(mask.heldBytes());
      return new Outcome<>(mask, null);
    } catch (IOException e) {
      return new Outcome<>(null, e);
    } catch (RuntimeException e) {
      // A defect of ours, but no reason to lose the other files.
      String message = item.origin() + ": unexpected " + e + "; please report it";
      return new Outcome<>(null, new IOException(Messages.oneLine(message), e));
    } catch (OutOfMemoryError e) {
      String message = item.origin() + ": not enough memory to read it; try fewer --jobs or -Xmx";
      return new Outcome<>(null, new IOException(Messages.oneLine(message), e));
    }
  }

  private void deliver(Pending<T> pending) throws IOException, InterruptedException {
    Outcome<T> outcome = take(pending.outcome());
    reading -= pending.bytes();
    T mask = outcome.mask();
    IOException failure = outcome.failure();
    if (failure != null) {
      fail(failure);
    } else if (mask != null && pending.entry() instanceof Item item) {
      sink.take(item.name(), mask);
      held.addAndGet(-mask.heldBytes());
      sizes.add(mask.height(), mask.width());
      mask.notes().forEach(note -> notes.add(item.item().origin(), note));
      tally.mask(pending.bytes());
    } else if (pending.entry() instanceof End end) {
      tally.end(end.input());
    }
  }

  private void fail(IOException failure) throws IOException {
    if (!keepGoing) {
      throw failure;
    }
    if (++failed <= MAX_FAILURES) {
      failures.add(Messages.oneLine(String.valueOf(failure.getMessage())));
    }
  }

  private static <T> T take(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
