package dev.maskmap.sample;

/** The masks as they are dealt, and in each every place equally likely. */
record UniformSampler(Sampling sampling, Deal deal) implements SizedSampler {
  @Override
  public String kind() {
    return "uniform";
  }

  @Override
  public long size() {
    return deal.size();
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    check(k);
    long mask = deal.mask(seed, epoch, k);
    patch().anywhere(deal.masks(), mask, Draws.key(seed, epoch, k, attempt), 0, to);
    return true;
  }
}
