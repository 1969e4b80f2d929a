package dev.maskmap;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * {@code foreground.npy}, mapped: the running sums of foreground inside each mask, after each of
 * its packed rows. A mask is named by the place of its first packed row among all of the store's.
 */
final class RowSums {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final MemorySegment sums;
  private final boolean wide;

  /**
   * @param wide whether a sum has 8 bytes rather than 4
   */
  RowSums(Path file, MemorySegment sums, boolean wide) {
    this.file = file;
    this.sums = sums;
    this.wide = wide;
  }

  /** Foreground in the mask's packed rows before {@code row}. */
  long before(long first, int row) {
    return row == 0 ? 0 : upTo(first + row - 1);
  }

  private long upTo(long row) {
    return wide ? sums.getAtIndex(LONG, row) : Integer.toUnsignedLong(sums.getAtIndex(INT, row));
  }

  /** Foreground in the mask's packed rows {@code from} to {@code to}, the last one excluded. */
  long between(long first, int from, int to) {
    long sum = before(first, to) - before(first, from);
    if (sum < 0) {
      throw damaged("falls from packed row %d to %d".formatted(first + from, first + to - 1));
    }
    return sum;
  }

  /** The packed row of a mask that holds its n-th foreground pixel, counted from 0. */
  int rowOf(long first, int rows, long n) {
    int low = 0;
    int high = rows - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (upTo(first + middle) > n) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** What to throw where a sum does not agree with another, or with the pixels. */
  IllegalStateException damaged(String what) {
    return Damage.of(file, what);
  }
}
