package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.Region;

/**
 * A part of a mask that a sheet shows.
 *
 * @param note what is amiss with it; empty of most
 */
record Spot(long mask, Region region, String note) {
  Spot(long mask, Region region) {
    this(mask, region, "");
  }

  /** The whole of a mask. */
  static Spot whole(MaskStore store, long mask) {
    return new Spot(mask, Region.of(0, 0, store.height(mask), store.width(mask)));
  }

  boolean isWhole(MaskStore store) {
    return region.height() == store.height(mask) && region.width() == store.width(mask);
  }
}
