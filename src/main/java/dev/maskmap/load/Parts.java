package dev.maskmap.load;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a batch that is being filled, each by one thread: its patches, which are taken, how
 * many are done, and what went wrong first. Whoever calls holds the ring's lock.
 */
final class Parts {
  private final int[] ends;
  private final boolean[] isTaken;
  private int taken;
  private int done;
  private @Nullable Throwable failure;
  private int failedPatch;
  private boolean failedDrawn;

  Parts(int count) {
    ends = new int[count];
    isTaken = new boolean[count];
  }

  /** A new batch, of which no part is taken. */
  void reset() {
    Arrays.fill(isTaken, false);
    taken = 0;
    done = 0;
    failure = null;
  }

  /**
   * Says where a part ends.
   *
   * @param patch behind its last
   */
  void end(int part, int patch) {
    ends[part] = patch;
  }

  /** The first patch of a part. */
  int from(int part) {
    return part == 0 ? 0 : ends[part - 1];
  }

  /** The patch behind its last: the first again, if it has none. */
  int to(int part) {
    return ends[part];
  }

  boolean hasMore() {
    return taken < isTaken.length;
  }

  /** Whether one of these is left. */
  boolean hasMore(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isTaken[i]) {
        return true;
      }
    }
    return false;
  }

  /** Whether a thread is at one. */
  boolean isInHand() {
    return done < taken;
  }

  /**
   * Takes a part that is left: the first from the thread's own on, and round to the others.
   *
   * @param own where the thread begins with every batch: memory that it wrote before is near its
   *     processor (docs/performance.md)
   */
  int take(int own) {
    int part = own;
    while (isTaken[part]) {
      part = part == isTaken.length - 1 ? 0 : part + 1;
    }
    isTaken[part] = true;
    taken++;
    return part;
  }

  void finish() {
    done++;
  }

  /** Whether all parts are done, or were left off. */
  boolean isDone() {
    return done == isTaken.length;
  }

  /**
   * A part was left off at this patch. Of several the first counts; all other parts are done all
   * the same, so which it is does not depend on how fast threads are.
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
