package dev.maskmap.load;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a thread needs to fill parts of batches, and the part that it is at. There are as many as
 * the loader has workers: see {@link Seats}.
 */
final class Seat {
  /** How much the last part says of a thread's speed; the rest is what those before it said. */
  private static final double WEIGHT = 1.0 / 8;

  /** A part that took more than so many times as long was interrupted: it counts as that long. */
  private static final double LONGEST = 4;

  private final PatchScratch scratch;
  private final int own;
  private final int end;
  private @Nullable Batch batch;
  private long index;
  private int part;
  private long nanos;

  /** Nanoseconds a patch of late; 0 before the first. */
  private double pace;

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
    nanos = 0;
  }

  /** Whether it has a part. */
  boolean isTaken() {
    return batch != null;
  }

  /** The part is filled, and how many nanoseconds that took. */
  void done(long taken) {
    nanos = taken;
  }

  /** The part is left off, and why. */
  void fail(Throwable thrown) {
    cause = thrown;
  }

  /** Why the part was left off, or null. */
  @Nullable Throwable cause() {
    return cause;
  }

  /** Gives up the part. The caller holds the ring's lock. */
  void clear() {
    // Another's part takes longer: its memory is in the cache of another processor.
    boolean isOwn = own <= part && part < end;
    if (isOwn && nanos > 0 && to() > from()) {
      double each = (double) nanos / (to() - from());
      pace = pace == 0 ? each : pace + WEIGHT * (Math.min(each, LONGEST * pace) - pace);
    }
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

  /** The first patch of that batch that it fills. */
  int from() {
    return batch().parts().from(part);
  }

  /** The patch behind the last. */
  int to() {
    return batch().parts().to(part);
  }

  /** Patches in a nanosecond, of late; 0 before the first. The caller holds the ring's lock. */
  double speed() {
    return pace == 0 ? 0 : 1 / pace;
  }
}
