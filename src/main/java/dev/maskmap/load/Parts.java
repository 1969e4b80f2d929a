package dev.maskmap.load;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a batch that is being filled, each by one thread: which are taken, in order, which
 * are done, and what went wrong first. Whoever calls holds the ring's lock.
 */
final class Parts {
  private int count;
  private int taken;
  private int done;
  private @Nullable Throwable failure;
  private int failedPatch;
  private boolean failedDrawn;

  /** A new batch, of which no part is taken. */
  void reset(int parts) {
    count = parts;
    taken = 0;
    done = 0;
    failure = null;
  }

  boolean hasMore() {
    return taken < count;
  }

  /** Takes the next part. */
  int take() {
    return taken++;
  }

  void finish() {
    done++;
  }

  boolean isFilled() {
    return done == count && failure == null;
  }

  /** Whether nobody is at a part of it. */
  boolean isIdle() {
    return done == taken;
  }

  /**
   * A part was left off at this patch. Of several the first counts. The parts before it were taken
   * before and will be done, so which it is does not depend on how fast threads are.
   *
   * @param drawn whether the patch was drawn, and could not be read
   */
  void fail(int patch, boolean drawn, Throwable cause) {
    if (failure == null || patch < failedPatch) {
      failure = cause;
      failedPatch = patch;
      failedDrawn = drawn;
    }
  }

  /** What went wrong at {@link #failedPatch}, or null. */
  @Nullable Throwable failure() {
    return failure;
  }

  int failedPatch() {
    return failedPatch;
  }

  boolean failedDrawn() {
    return failedDrawn;
  }
}
