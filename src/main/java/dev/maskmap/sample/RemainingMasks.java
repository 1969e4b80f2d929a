package dev.maskmap.sample;

import java.util.Arrays;

/** All masks but those that are listed. */
final class RemainingMasks extends PartOfMasks {
  /** In order. */
  private final long[] leftOut;

  /** Foreground in those left out before each, and at the end in all of them. */
  private final long[] sums;

  RemainingMasks(Masks all, long[] leftOut) {
    super(all);
    Indices.check(leftOut, all.size());
    if (leftOut.length >= all.size()) {
      throw new IllegalArgumentException("all masks are left out; leave one or more");
    }
    this.leftOut = leftOut.clone();
    Arrays.sort(this.leftOut);
    sums = new long[leftOut.length + 1];
    for (int i = 0; i < leftOut.length; i++) {
      sums[i + 1] = sums[i] + all.foreground(this.leftOut[i]);
    }
  }

  @Override
  public long size() {
    return all().size() - leftOut.length;
  }

  @Override
  String list() {
    return ":without:" + Indices.checksum(leftOut.length, i -> leftOut[(int) i]);
  }

  @Override
  long from(long mask) {
    // How many are left out before it: the first that has more than mask others before it.
    int low = 0;
    for (int high = leftOut.length; low < high; ) {
      int middle = (low + high) >>> 1;
      if (leftOut[middle] - middle > mask) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return mask + low;
  }

  private int leftOutBefore(long from) {
    int found = Arrays.binarySearch(leftOut, from);
    return found < 0 ? -found - 1 : found;
  }

  @Override
  public long foregroundBefore(long mask) {
    long from = mask == size() ? all().size() : from(mask);
    return all().foregroundBefore(from) - sums[leftOutBefore(from)];
  }

  @Override
  public long maskOf(long n) {
    int low = 0;
    for (int high = leftOut.length; low < high; ) {
      int middle = (low + high) >>> 1;
      if (all().foregroundBefore(leftOut[middle]) - sums[middle] > n) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    long from = all().maskOf(n + sums[low]);
    return from - leftOutBefore(from);
  }
}
