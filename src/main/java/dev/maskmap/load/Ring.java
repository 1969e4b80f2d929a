package dev.maskmap.load;

import org.jspecify.annotations.Nullable;

/**
 * The memory of a loader: batches that are filled, handed out, given back and filled again. It is
 * also the one lock of the loader, whose monitor allocates nothing.
 */
final class Ring {
  private final Batch[] free;
  private int count;

  Ring(int batches) {
    free = new Batch[batches];
  }

  /** Puts in a batch that is new. */
  synchronized void add(Batch batch) {
    free[count++] = batch;
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

  synchronized void giveBack(Batch batch) {
    free[count++] = batch;
    notifyAll();
  }
}
