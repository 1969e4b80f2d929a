package dev.maskmap.load;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who fills: as many threads at a time as the loader has workers. A consumer that comes back for
 * the next batch at once is one of them: a worker gives it its seat and rests. Nobody has to wake a
 * consumer that fills, and that is what costs a loader most beside the patches
 * (docs/performance.md). A consumer that has work of its own is none: the worker goes on.
 *
 * <p>Whoever calls holds the ring's lock. Times are those of {@link System#nanoTime}.
 */
final class Seats {
  /** A consumer that is away for so long has work of its own. About what it costs to wake one. */
  static final long AWAY_NANOS = 20_000;

  /** One worker at least is never asked to rest. */
  private final boolean mayAsk;

  /** The seat that a worker has given up, while nobody fills in it. */
  private @Nullable Seat free;

  private @Nullable Thread resting;
  private boolean isAsked;

  /** When the consumer went away. While it waits for a batch it is not away. */
  private long leftAt;

  private boolean isAway = true;

  /** Whether the consumer that waits came back at once. */
  private boolean isQuick;

  /**
   * @param workers threads of the loader, all of which have a seat
   */
  Seats(int workers, long now) {
    mayAsk = workers > 1;
    leftAt = now - AWAY_NANOS;
  }

  /** The consumer has come, and the next batch is not filled yet. */
  void comes(long now) {
    isQuick = now - leftAt < AWAY_NANOS;
    isAway = false;
    look(now);
  }

  /** The consumer goes. */
  void goes(long now) {
    isAway = true;
    isAsked = false;
    leftAt = now;
  }

  /** A seat for the consumer that waits, or null: if it is quick, a worker is asked for its own. */
  @Nullable Seat sit() {
    Seat seat = isOffered() ? free : null;
    if (seat != null) {
      free = null;
    } else {
      isAsked = isQuick && mayAsk && resting == null;
    }
    return seat;
  }

  /** Whether there is a seat for the consumer that waits. */
  boolean isOffered() {
    return isQuick && free != null;
  }

  /** The consumer has filled a part, or found none. */
  void stand(Seat seat) {
    free = seat;
  }

  /** Whether a worker is asked to give up its seat. */
  boolean isAsked() {
    return isAsked;
  }

  /** The calling worker does, and rests until {@link #takeBack} returns one. */
  void giveUp(Seat seat) {
    isAsked = false;
    free = seat;
    resting = Thread.currentThread();
  }

  /** Wakes the worker that rests, if there is one and a seat for it. */
  void look(long now) {
    if (free != null && isFree(now)) {
      wake();
    }
  }

  /** The seat for the worker that rests, or null while it is the consumer's. */
  @Nullable Seat takeBack(long now) {
    Seat seat = isFree(now) ? free : null;
    if (seat != null) {
      free = null;
      resting = null;
    }
    return seat;
  }

  private boolean isFree(long now) {
    return isAway ? now - leftAt >= AWAY_NANOS : !isQuick;
  }

  /** Wakes the worker that rests, if there is one, to see whether there is more to do. */
  void wake() {
    LockSupport.unpark(resting);
  }
}
