package dev.maskmap.load;

import org.jspecify.annotations.Nullable;

/**
 * The memory of a loader: batches that are filled, handed out, given back and filled again. It is
 * also the one lock of the loader, whose monitor allocates nothing.
 */
final class Ring {
  /** A stack: what was given back last is in the cache, and filled next. */
  private final Batch[] free;

  private int count;

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
    notifyAll();
  }
}
