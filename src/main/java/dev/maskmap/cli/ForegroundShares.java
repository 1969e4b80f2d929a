package dev.maskmap.cli;

import dev.maskmap.Mask;
import dev.maskmap.MaskStore;
import java.util.Arrays;

/**
 * How much of the masks is foreground, 0 to 1 each.
 *
 * @param masks that were looked at, spread evenly
 * @param empty of these, without any foreground
 */
record ForegroundShares(int masks, double min, double median, double max, int empty) {
  /** Some ten milliseconds: a store has a sum for each mask. */
  private static final int MAX_MASKS = 1_000_000;

  /** Without sums beside it an array is counted, and 'info' is to answer at once. */
  private static final long MAX_COUNTED_BYTES = 64L << 20;

  static ForegroundShares of(MaskStore store, MaskSizes sizes) {
    int count = EvenSpread.count(store.size(), most(store, sizes));
    double[] shares = new double[count];
    for (int i = 0; i < count; i++) {
      shares[i] = share(store.mask(EvenSpread.index(store.size(), count, i)));
    }
    Arrays.sort(shares);
    int empty = 0;
    while (empty < count && shares[empty] == 0) {
      empty++;
    }
    double median = (shares[(count - 1) / 2] + shares[count / 2]) / 2;
    return new ForegroundShares(count, shares[0], median, shares[count - 1], empty);
  }

  private static int most(MaskStore store, MaskSizes sizes) {
    long packedBytes = Math.ceilDiv(sizes.largest().height(), 8) * (long) sizes.largest().width();
    return store.id().isEmpty()
        ? Math.clamp(MAX_COUNTED_BYTES / packedBytes, 1, MAX_MASKS)
        : MAX_MASKS;
  }

  /** The share of a whole mask. */
  static double share(Mask mask) {
    return (double) mask.count() / ((long) mask.height() * mask.width());
  }
}
