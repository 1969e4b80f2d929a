package dev.maskmap.sample;

/**
 * Deals out masks: each equally often in an epoch, in an order that is another one in every epoch.
 *
 * @param masks that are dealt
 * @param perMask how often each comes
 * @param order of the epoch's patches
 */
record Deal(Masks masks, int perMask, Shuffle order) {
  /** Patches of an epoch, of which none has more than 2^62. */
  static Deal of(Masks masks, int perMask) {
    if (perMask < 1) {
      throw new IllegalArgumentException(perMask + " patches a mask: expected 1 or more");
    }
    if (masks.size() > (1L << 62) / perMask) {
      throw new IllegalArgumentException(
          "%d patches of each of %d masks are more than 2^62".formatted(perMask, masks.size()));
    }
    return new Deal(masks, perMask, new Shuffle(masks.size() * perMask));
  }

  long size() {
    return order.size();
  }

  /** The mask of patch k, which is in the epoch. */
  long mask(long seed, long epoch, long k) {
    return order.apply(Draws.orderKey(seed, epoch), k) / perMask;
  }
}
