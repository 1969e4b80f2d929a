package dev.maskmap.sample;

import dev.maskmap.Foreground;
import dev.maskmap.MaskStore;

/** The masks of a store. */
record StoreMasks(MaskStore store, Foreground sums, boolean isUniform) implements Masks {
  @Override
  public boolean isOf(MaskStore other) {
    return other == store || other.id().equals(store.id());
  }

  @Override
  public long size() {
    return store.size();
  }

  @Override
  public int height(long mask) {
    return store.height(mask);
  }

  @Override
  public int width(long mask) {
    return store.width(mask);
  }

  @Override
  public long foreground() {
    return sums.count();
  }

  @Override
  public long foreground(long mask) {
    return sums.count(mask);
  }

  @Override
  public long foregroundBefore(long mask) {
    return sums.before(mask);
  }

  @Override
  public long maskOf(long n) {
    return sums.maskOf(n);
  }

  @Override
  public long foreground(long mask, int y, int x, int height, int width) {
    return sums.count(mask, y, x, height, width);
  }

  @Override
  public long select(long mask, long n) {
    return sums.select(mask, n);
  }
}
