package dev.maskmap.load;

import org.jspecify.annotations.Nullable;

/**
 * The batches of an epoch from the next to hand out to the last begun, in order, and which of their
 * parts are left. They are numbered from the epoch's first, without those of other ranks. Whoever
 * calls holds the ring's lock.
 */
final class InFlight {
  private final Ring ring;
  private final Plan plan;
  private final long first;
  private final long count;
  private final @Nullable Batch[] held;

  /** Batches of which a part was taken. */
  private long begun;

  private long handed;

  /** The first batch of which a part failed. */
  private long failedAt = Long.MAX_VALUE;

  /**
   * @param first the first batch of the epoch that nobody has read
   */
  InFlight(Ring ring, Plan plan, long first) {
    this.ring = ring;
    this.plan = plan;
    this.first = first;
    count = plan.batches(first);
    held = new Batch[ring.size()];
  }

  /** Batches of the epoch that are this rank's. */
  long count() {
    return count;
  }

  /** Those that the consumer has had. */
  long handed() {
    return handed;
  }

  /** Whether the consumer has all that were begun. */
  boolean isEmpty() {
    return begun == handed;
  }

  /** Whether no part is left, and no batch to begin. */
  boolean isOver() {
    // All parts of a batch that failed are tried, and none behind it.
    return failedAt < begun - 1
        || ((begun == count || failedAt != Long.MAX_VALUE) && !hasMore(last()));
  }

  private @Nullable Batch last() {
    return isEmpty() ? null : held[slot(begun - 1)];
  }

  private static boolean hasMore(@Nullable Batch batch) {
    return batch != null && batch.parts().hasMore();
  }

  /**
   * Takes a part of the last batch begun, and if need be of the next one. Returns false where there
   * is nothing more to do, or no memory for another batch yet.
   */
  boolean take(Seat seat) {
    if (isOver()) {
      return false;
    }
    Batch batch = last();
    if (batch == null || !hasMore(batch)) {
      batch = ring.poll();
      if (batch == null) {
        return false;
      }
      long number = plan.number(first, begun);
      batch.begin(number, plan.size(number));
      held[slot(begun)] = batch;
      begun++;
    }
    seat.take(batch, begun - 1);
    return true;
  }

  /**
   * The part of a seat is done, or left off. Returns whether all of the batch are, or nothing is
   * left to do.
   *
   * @param cause why it was left off, or null
   */
  boolean finish(Seat seat, @Nullable Throwable cause) {
    Parts parts = seat.batch().parts();
    parts.finish();
    if (cause != null) {
      parts.fail(seat.scratch().failedPatch(), seat.scratch().failedDrawn(), cause);
      failedAt = Math.min(failedAt, seat.index());
    }
    return parts.isDone() || failedAt <= seat.index();
  }

  /** The batch to hand out next, with all its parts filled or tried; null while it is not. */
  @Nullable Batch done() {
    Batch batch = held[slot(handed)];
    return batch != null && batch.parts().isDone() ? batch : null;
  }

  /** Hands out {@link #done}. */
  void handOut() {
    held[slot(handed)] = null;
    handed++;
  }

  /** Gives all of them back to the ring. */
  void giveBack() {
    for (int i = 0; i < held.length; i++) {
      Batch batch = held[i];
      if (batch != null) {
        held[i] = null;
        ring.add(batch);
      }
    }
  }

  private int slot(long index) {
    return (int) (index % held.length);
  }
}
