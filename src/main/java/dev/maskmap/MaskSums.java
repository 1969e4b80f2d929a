package dev.maskmap;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** {@code areas.npy}, mapped: the running sums of foreground over the masks of a store. */
final class MaskSums {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final MemorySegment sums;

  MaskSums(Path file, MemorySegment sums) {
    this.file = file;
    this.sums = sums;
  }

  private long masks() {
    return sums.byteSize() / Long.BYTES - 1;
  }

  /** Foreground in all masks before one, which may be the number of masks. */
  long before(long mask) {
    long sum = sums.getAtIndex(LONG, mask);
    if (sum < 0 || (mask == 0 && sum != 0)) {
      throw Damage.of(file, "the sum before mask %d is %d".formatted(mask, sum));
    }
    return sum;
  }

  /** Foreground of a mask. */
  long of(long mask) {
    long area = before(mask + 1) - before(mask);
    if (area < 0) {
      throw Damage.of(file, "falls at mask %d".formatted(mask));
    }
    return area;
  }

  /**
   * The mask that holds the n-th foreground pixel of all.
   *
   * @param n 0 or more, below the sum of all
   */
  long maskOf(long n) {
    long low = 0;
    for (long high = masks(); high - low > 1; ) {
      long middle = (low + high) >>> 1;
      if (before(middle) > n) {
        high = middle;
      } else {
        low = middle;
      }
    }
    if (n - before(low) >= of(low)) {
      throw Damage.of(file, "falls behind mask %d".formatted(low));
    }
    return low;
  }
}
