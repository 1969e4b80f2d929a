package dev.maskmap.load;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a loader: batches that are filled, handed out, given back and filled again. It is
 * also the one lock of the loader, whose monitor allocates nothing.
 */
final class Ring {
  /** A stack: what was given back last is in the cache, and filled next. */
  private final Batch[] free;

  private int count;

  private final AtomicInteger changes = new AtomicInteger();

  Ring(int batches) {
    free = new Batch[batches];
  }

  /** How many there are. */
  int size() {
    return free.length;
  }

  /** Whether all are being filled, wait to be handed out or are open. The caller holds the lock. */
  boolean isEmpty() {
    return count == 0;
  }

  /** A batch to fill, or null. The caller holds the lock. */
  @Nullable Batch poll() {
    return count == 0 ? null : free[--count];
  }

  /** Puts in a batch that is new, or that nobody needs any more. */
  synchronized void add(Batch batch) {
    free[count++] = batch;
    changed();
    notifyAll();
  }

  /** A part is done, or a batch handed out or back: those who spin look again. */
  void changed() {
    changes.incrementAndGet();
  }

  /** What {@link #spin} goes by. The caller holds the lock. */
  int changes() {
    return changes.get();
  }

  /**
   * Waits without the lock until something has changed. For a thread that is a little ahead of
   * others: to be woken would take longer, and cost the one that wakes it more.
   *
   * @param seen the changes that the caller knows of
   * @param until when to give up, of {@link System#nanoTime}
   */
  @SuppressWarnings("ThreadPriorityCheck")
  void spin(int seen, long until) {
    // Whoever it waits for may need this processor.
    while (changes.get() == seen && System.nanoTime() < until) {
      Thread.yield();
    }
  }
}
