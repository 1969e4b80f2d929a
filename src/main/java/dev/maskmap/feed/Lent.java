package dev.maskmap.feed;

import dev.maskmap.load.Batch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Which slots of the ring the client has. A batch is asked for only where one is left: a loader
 * whose batches are all open takes that for a mistake after a while, and a client may think for an
 * hour. Any thread.
 */
final class Lent {
  private final @Nullable Batch[] slots;
  private final Semaphore left;

  Lent(int slots) {
    this.slots = new Batch[slots];
    left = new Semaphore(slots);
  }

  /** Waits until the client has not all of them, and takes one of those. */
  void await() throws InterruptedException {
    left.acquire();
  }

  /** The one that was taken is not needed, or another waiter shall have a look. */
  void giveUp() {
    left.release();
  }

  /** Takes back what {@link #giveUp} gave to wake a waiter. */
  void takeBack() {
    left.acquireUninterruptibly();
  }

  synchronized void lend(Batch batch) {
    slots[batch.slot()] = batch;
  }

  /**
   * The client gives a slot back.
   *
   * @throws IllegalArgumentException if it does not have it
   */
  synchronized void back(int slot) {
    Batch batch = slot < 0 || slot >= slots.length ? null : slots[slot];
    if (batch == null) {
      throw new IllegalArgumentException(
          "slot %d is given back, and the client does not have it".formatted(slot));
    }
    slots[slot] = null;
    batch.close();
    left.release();
  }
}
