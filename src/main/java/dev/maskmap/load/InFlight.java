package dev.maskmap.load;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The batches of an epoch from the next to hand out to the last begun, in order, and which of their
 * parts are left. They are numbered from the epoch's first, without those of other ranks. Whoever
 * calls holds the ring's lock.
 */
final class InFlight {
  private final Ring ring;
  private final Plan plan;
  private final Shares shares;
  private final long first;
  private final long count;
  private final @Nullable Batch[] held;

  /** Batches of which a part was taken. */
  private long begun;

  private long handed;

  /** The first batch of which a part failed. */
  private long failedAt = Long.MAX_VALUE;

  /**
   * @param shares of each thread that fills
   * @param first the first batch of the epoch that nobody has read
   */
  InFlight(Ring ring, Plan plan, Shares shares, long first) {
    this.ring = ring;
    this.plan = plan;
    this.shares = shares;
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
    return oldest() == begun && (begun == count || failedAt != Long.MAX_VALUE);
  }

  /** The first batch of which a part is left; if there is none, the one to begin next. */
  private long oldest() {
    // All parts of a batch that failed are tried, and none behind it.
    for (long i = handed; i < begun && i <= failedAt; i++) {
      if (batch(i).parts().hasMore()) {
        return i;
      }
    }
    return begun;
  }

  private Batch batch(long index) {
    return Objects.requireNonNull(held[slot(index)]);
  }

  /** Whether a thread is at a part. */
  boolean isInHand() {
    for (long i = handed; i < begun; i++) {
      if (batch(i).parts().isInHand()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes a part of the oldest batch that has any left, or of the one behind it, which is begun if
   * need be. Returns false where there is nothing to do, or no memory for another batch yet.
   *
   * @param any whether parts that are not the seat's own may be taken, if none of those is left:
   *     their memory is in the cache of another processor, so a thread had better be one batch
   *     ahead
   */
  boolean take(Seat seat, boolean any) {
    long oldest = oldest();
    for (long i = oldest; i <= oldest + 1 && i <= failedAt; i++) {
      if (i == begun && !begin()) {
        break;
      }
      if (seat.hasOwn(batch(i))) {
        seat.take(batch(i), i);
        return true;
      }
    }
    if (any && oldest < begun) {
      seat.take(batch(oldest), oldest);
      return true;
    }
    return false;
  }

  private boolean begin() {
    Batch batch = begun == count || failedAt != Long.MAX_VALUE ? null : ring.poll();
    if (batch == null) {
      return false;
    }
    long number = plan.number(first, begun);
    int size = plan.size(number);
    batch.begin(number, size);
    shares.cut(batch.parts(), size);
    held[slot(begun)] = batch;
    begun++;
    return true;
  }

  /** The part of a seat is done, or left off. */
  void finish(Seat seat) {
    Parts parts = seat.batch().parts();
    Throwable cause = seat.cause();
    parts.finish();
    if (cause != null) {
      parts.fail(seat.scratch().failedPatch(), seat.scratch().failedDrawn(), cause);
      failedAt = Math.min(failedAt, seat.index());
    }
    ring.changed();
    if (parts.isDone() || failedAt <= seat.index()) {
      ring.notifyAll();
    }
    seat.clear();
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
    ring.changed();
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
