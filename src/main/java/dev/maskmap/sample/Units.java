package dev.maskmap.sample;

import java.util.Arrays;

/**
 * Weights of masks as whole numbers, in which a number is found without a list of all: those that
 * are listed have their own, and all others the same. Immutable.
 *
 * <p>A weight is counted in units of 2^-20, so that the same weights give the same draws on every
 * machine, whatever the order in which they are added up.
 */
final class Units {
  private static final int BITS = 20;

  /** Of a mask that is not listed: weight 1. */
  private static final long ONE = 1L << BITS;

  private static final long MOST = 1L << 62;

  private final long masks;

  /** Those with units of their own, ascending. */
  private final long[] listed;

  /** Units of the listed masks before each, and at the end of all. */
  private final long[] sums;

  private Units(long masks, long[] listed, long[] sums) {
    this.masks = masks;
    this.listed = listed;
    this.sums = sums;
  }

  /**
   * The units of a weight.
   *
   * @throws IllegalArgumentException if it is negative, not a number, 2^42 or more, or above 0 and
   *     not half a unit
   */
  static long of(double weight) {
    if (!(weight >= 0 && weight < 1L << (62 - BITS))) {
      throw new IllegalArgumentException("weight %s: expected 0 to 2^42".formatted(weight));
    }
    long units = (long) Math.floor(weight * ONE + 0.5);
    if (weight > 0 && units == 0) {
      throw new IllegalArgumentException(
          "weight %s: weights are counted in steps of 2^-20; give all of them times 1000"
              .formatted(weight));
    }
    return units;
  }

  /**
   * Units of some masks; those of the others are of weight 1.
   *
   * @param masks how many there are
   * @param listed some of them, ascending
   * @param units of each of these
   * @throws IllegalArgumentException if all together are none, or more than 2^62
   */
  static Units of(long masks, long[] listed, long[] units) {
    long[] sums = new long[listed.length + 1];
    long others = masks - listed.length;
    boolean sound = others <= MOST / ONE;
    for (int i = 0; i < listed.length && sound; i++) {
      sums[i + 1] = sums[i] + units[i];
      sound = sums[i + 1] <= MOST;
    }
    if (!sound || sums[listed.length] > MOST - others * ONE) {
      throw new IllegalArgumentException(
          "the weights of %d masks add up to more than 2^42; give smaller ones".formatted(masks));
    }
    if (others == 0 && sums[listed.length] == 0) {
      throw new IllegalArgumentException("all masks have weight 0; one or more need a weight");
    }
    return new Units(masks, listed.clone(), sums);
  }

  /**
   * Units of all masks.
   *
   * @throws IllegalArgumentException if there are not as many weights as masks, or as {@link #of}
   */
  static Units of(Masks masks, double... weights) {
    if (weights.length != masks.size()) {
      throw new IllegalArgumentException(
          "%d weights for %d masks: each needs one".formatted(weights.length, masks.size()));
    }
    long[] all = new long[weights.length];
    Arrays.setAll(all, i -> i);
    long[] units = new long[weights.length];
    for (int i = 0; i < weights.length; i++) {
      try {
        units[i] = of(weights[i]);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "mask %d: %s".formatted(masks.index(i), e.getMessage()), e);
      }
    }
    return of(weights.length, all, units);
  }

  /** How many masks. */
  long size() {
    return masks;
  }

  /** All units. */
  long total() {
    return before(listed.length) + (masks - (listed.length == 0 ? 0 : last() + 1)) * ONE;
  }

  private long last() {
    return listed[listed.length - 1];
  }

  /** Units of all masks before the i-th that is listed, or of those up to the last of them. */
  private long before(int i) {
    long others = i < listed.length ? listed[i] - i : i == 0 ? 0 : last() + 1 - i;
    return sums[i] + others * ONE;
  }

  /** Units of a mask. */
  long units(long mask) {
    int found = Arrays.binarySearch(listed, mask);
    return found < 0 ? ONE : sums[found + 1] - sums[found];
  }

  /** The mask whose units hold n, 0 to {@link #total} - 1. */
  long maskOf(long n) {
    int low = -1;
    for (int high = listed.length; high - low > 1; ) {
      int middle = (low + high) >>> 1;
      if (before(middle) > n) {
        high = middle;
      } else {
        low = middle;
      }
    }
    if (low < 0) {
      return n / ONE;
    }
    long left = n - before(low) - (sums[low + 1] - sums[low]);
    return left < 0 ? listed[low] : listed[low] + 1 + left / ONE;
  }

  /** The masks without any, ascending. */
  long[] none() {
    long[] none = new long[listed.length];
    int count = 0;
    for (int i = 0; i < listed.length; i++) {
      if (sums[i] == sums[i + 1]) {
        none[count++] = listed[i];
      }
    }
    return Arrays.copyOf(none, count);
  }

  /** Those of the masks that are left where some are left out, under their numbers there. */
  Units without(long[] leftOut) {
    long[] left = new long[listed.length];
    long[] units = new long[listed.length];
    int count = 0;
    int before = 0;
    for (int i = 0; i < listed.length; i++) {
      while (before < leftOut.length && leftOut[before] < listed[i]) {
        before++;
      }
      if (before == leftOut.length || leftOut[before] != listed[i]) {
        left[count] = listed[i] - before;
        units[count++] = sums[i + 1] - sums[i];
      }
    }
    return of(masks - leftOut.length, Arrays.copyOf(left, count), Arrays.copyOf(units, count));
  }

  /** Eight hexadecimal digits that tell weights apart. */
  String checksum() {
    return Indices.checksum(masks, this::units);
  }
}
