package dev.maskmap.load;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a thread needs to fill parts of batches, and the part that it is at. There are as many as
 * the loader has workers: see {@link Seats}.
 */
final class Seat {
  private final PatchScratch scratch;
  private final int own;
  private final int end;
  private @Nullable Batch batch;
  private long index;
  private int part;
  private @Nullable Throwable cause;

  /**
   * @param own its first part of every batch
   * @param end the part behind its last
   */
  Seat(PatchScratch scratch, int own, int end) {
    this.scratch = scratch;
    this.own = own;
    this.end = end;
  }

  PatchScratch scratch() {
    return scratch;
  }

  /** Whether a part of its own is left of a batch. The caller holds the ring's lock. */
  boolean hasOwn(Batch of) {
    return of.parts().hasMore(own, end);
  }

  /**
   * Takes a part that is left of a batch. The caller holds the ring's lock.
   *
   * @param at the batch's number among those in flight
   */
  void take(Batch of, long at) {
    batch = of;
    index = at;
    part = of.parts().take(own);
  }

  /** Whether it has a part. */
  boolean isTaken() {
    return batch != null;
  }

  /** The part is left off, and why. */
  void fail(Throwable thrown) {
    cause = thrown;
  }

  /** Why the part was left off, or null. */
  @Nullable Throwable cause() {
    return cause;
  }

  /** Gives up the part. */
  void clear() {
    batch = null;
    cause = null;
  }

  /** The batch that it has a part of. */
  Batch batch() {
    return Objects.requireNonNull(batch);
  }

  /** The number of that batch among those in flight. */
  long index() {
    return index;
  }

  /** Which part of that batch it has. */
  int part() {
    return part;
  }
}
