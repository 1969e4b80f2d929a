package dev.maskmap.sample;

import java.util.function.LongUnaryOperator;

/**
 * Sums of a number that each mask has, without a list of them: one sum for every 64 masks is kept,
 * and those between are added up again; where all masks have one size, none is.
 */
final class RunningSums {
  private static final int EVERY = 64;

  private final LongUnaryOperator number;
  private final boolean same;
  private final long[] sums;
  private final long total;

  /**
   * @param number of a mask, 1 or more
   * @throws IllegalArgumentException if the sum is 2^63 and more
   */
  RunningSums(Masks masks, LongUnaryOperator number) {
    this.number = number;
    same = masks.isUniform();
    sums = new long[same ? 0 : Math.toIntExact(Math.ceilDiv(masks.size(), EVERY))];
    total = same ? product(masks.size(), number.applyAsLong(0)) : fill(masks.size());
  }

  private static long product(long masks, long each) {
    if (Math.multiplyHigh(masks, each) != 0 || masks * each < 0) {
      throw tooMany();
    }
    return masks * each;
  }

  private long fill(long size) {
    long sum = 0;
    for (long i = 0; i < size; i++) {
      if (i % EVERY == 0) {
        sums[(int) (i / EVERY)] = sum;
      }
      sum += number.applyAsLong(i);
      if (sum < 0) {
        throw tooMany();
      }
    }
    return sum;
  }

  private static IllegalArgumentException tooMany() {
    return new IllegalArgumentException("all masks together have 2^63 patches and more");
  }

  long total() {
    return total;
  }

  /** The mask whose share of 0 to total - 1 holds n. */
  long maskOf(long n) {
    if (same) {
      return n / number.applyAsLong(0);
    }
    int block = Indices.lastUpTo(sums, sums.length, n);
    long mask = (long) block * EVERY;
    long left = n - sums[block];
    for (long here; (here = number.applyAsLong(mask)) <= left; mask++) {
      left -= here;
    }
    return mask;
  }

  /** The sum over the masks before one. */
  long before(long mask) {
    if (same) {
      return mask * number.applyAsLong(0);
    }
    long sum = sums[(int) (mask / EVERY)];
    for (long i = mask / EVERY * EVERY; i < mask; i++) {
      sum += number.applyAsLong(i);
    }
    return sum;
  }
}
