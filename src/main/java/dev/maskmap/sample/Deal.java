package dev.maskmap.sample;

import org.jspecify.annotations.Nullable;

/**
 * Deals out masks: each equally often in an epoch, in an order that is another one in every epoch;
 * or, where they have weights, drawn by these for each patch.
 *
 * @param masks that are dealt; where they have weights, none has weight 0
 * @param perMask how often each comes
 * @param order of the epoch's patches
 * @param weights of the masks, null where all have the same
 */
record Deal(Masks masks, int perMask, Shuffle order, @Nullable Units weights) {
  /** The number of a patch that its mask is drawn from by weight. */
  private static final int WEIGHED = -2;

  /** Patches of an epoch, of which none has more than 2^62. */
  static Deal of(Masks masks, int perMask) {
    return new Deal(masks, perMask, new Shuffle(size(masks.size(), perMask)), null);
  }

  /**
   * @param all how many masks the length of an epoch goes by
   */
  static Deal of(Masks masks, int perMask, long all, Units weights) {
    return new Deal(masks, perMask, new Shuffle(size(all, perMask)), weights);
  }

  private static long size(long masks, int perMask) {
    if (perMask < 1) {
      throw new IllegalArgumentException(perMask + " patches a mask: expected 1 or more");
    }
    if (masks > (1L << 62) / perMask) {
      throw new IllegalArgumentException(
          "%d patches of each of %d masks are more than 2^62".formatted(perMask, masks));
    }
    return masks * perMask;
  }

  long size() {
    return order.size();
  }

  /** The mask of patch k, which is in the epoch. */
  long mask(long seed, long epoch, long k) {
    return weights == null
        ? order.apply(Draws.orderKey(seed, epoch), k) / perMask
        : any(Draws.key(seed, epoch, k), WEIGHED);
  }

  /** Any mask: each as likely as its weight. */
  long any(long key, long n) {
    return weights == null
        ? Draws.below(key, n, masks.size())
        : weights.maskOf(Draws.below(key, n, weights.total()));
  }
}
