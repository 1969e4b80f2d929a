package dev.maskmap.sample;

/** Every mask equally often, and in it every place equally likely. */
record UniformSampler(Patch patch, Deal deal) implements Sampler {
  @Override
  public int height() {
    return patch.height();
  }

  @Override
  public int width() {
    return patch.width();
  }

  @Override
  public long size() {
    return deal.size();
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    long mask = deal.mask(seed, epoch, k);
    patch.anywhere(deal.masks(), mask, Draws.key(seed, epoch, k, attempt), 0, to);
    return true;
  }
}
