package dev.maskmap.sample;

/**
 * Every place of every mask equally likely. Masks are drawn, not dealt: a mask is drawn, and drawn
 * again where its number of places loses against the largest.
 *
 * @param most places that a mask has
 */
record AreaSampler(Patch patch, Masks masks, long most, long size) implements Sampler {
  static AreaSampler of(Patch patch, Masks masks, long size) {
    long most = 0;
    for (long i = 0; i < (masks.isUniform() ? 1 : masks.size()); i++) {
      most = Math.max(most, patch.places(masks, i));
    }
    return new AreaSampler(patch, masks, most, size);
  }

  @Override
  public int height() {
    return patch.height();
  }

  @Override
  public int width() {
    return patch.width();
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    if (k < 0 || k >= size) {
      throw new IndexOutOfBoundsException("patch %d: an epoch has %d".formatted(k, size));
    }
    long key = Draws.key(seed, epoch, k, attempt);
    long mask;
    long n = 2;
    do {
      mask = Draws.below(key, n, masks.size());
      n += 2;
    } while (Draws.below(key, n - 1, most) >= patch.places(masks, mask));
    patch.anywhere(masks, mask, key, 0, to);
    return true;
  }
}
