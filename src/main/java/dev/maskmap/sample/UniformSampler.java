package dev.maskmap.sample;

/** Every mask equally often, and in it every place equally likely. */
record UniformSampler(Patch patch, Deal deal) implements SizedSampler {
  @Override
  public long size() {
    return deal.size();
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    check(k);
    long mask = deal.mask(seed, epoch, k);
    patch.anywhere(deal.masks(), mask, Draws.key(seed, epoch, k, attempt), 0, to);
    return true;
  }
}
