package dev.maskmap.sample;

/**
 * Every mask from its top left to its bottom right, in steps; the last patch of a row or column
 * ends at the mask's edge. In order, whatever the seed and the epoch.
 *
 * @param patches that the masks have
 */
record GridSampler(Sampling sampling, Masks masks, int strideY, int strideX, RunningSums patches)
    implements SizedSampler {
  static GridSampler of(Sampling sampling, Masks masks, int strideY, int strideX) {
    if (strideY < 1 || strideX < 1) {
      throw new IllegalArgumentException(
          "strides of %d and %d pixels: expected 1 or more".formatted(strideY, strideX));
    }
    Patch patch = sampling.patch();
    RunningSums patches =
        new RunningSums(
            masks,
            i ->
                (long) steps(masks.height(i), patch.height(), strideY)
                    * steps(masks.width(i), patch.width(), strideX));
    return new GridSampler(sampling, masks, strideY, strideX, patches);
  }

  @Override
  public String kind() {
    return "grid=%dx%d".formatted(strideY, strideX);
  }

  /** Nothing is repeated, so how often is no part of it. */
  @Override
  public String describe() {
    return sampling.patchesPerMask(1).describe(kind()).replace(" per_mask=1", "");
  }

  private static int steps(int length, int patch, int stride) {
    return Math.ceilDiv(Math.max(length - patch, 0), stride) + 1;
  }

  @Override
  public long size() {
    return patches.total();
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    check(k);
    Patch patch = patch();
    long mask = patches.maskOf(k);
    long left = k - patches.before(mask);
    int columns = steps(masks.width(mask), patch.width(), strideX);
    to.set(
        masks.index(mask),
        at(left / columns, strideY, masks.height(mask), patch.height()),
        at(left % columns, strideX, masks.width(mask), patch.width()));
    return true;
  }

  private static int at(long step, int stride, int length, int patch) {
    return (int) Math.min(step * stride, Math.max(length - patch, 0));
  }
}
