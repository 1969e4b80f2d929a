package dev.maskmap.sample;

/**
 * Every place of every mask equally likely. Masks are drawn, not dealt.
 *
 * @param places that the masks have
 */
record AreaSampler(Sampling sampling, Masks masks, RunningSums places, long size)
    implements SizedSampler {
  /** The numbers of a patch: 0 and 1 are its place. */
  private static final int MASK = 2;

  static AreaSampler of(Sampling sampling, Masks masks, long size) {
    Patch patch = sampling.patch();
    RunningSums places = new RunningSums(masks, i -> patch.places(masks, i));
    return new AreaSampler(sampling, masks, places, size);
  }

  @Override
  public String kind() {
    return "area";
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    check(k);
    long key = Draws.key(seed, epoch, k, attempt);
    long mask = places.maskOf(Draws.below(key, MASK, places.total()));
    patch().anywhere(masks, mask, key, 0, to);
    return true;
  }
}
