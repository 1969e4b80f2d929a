package dev.maskmap.sample;

/**
 * Of each batch the first patches contain a foreground pixel, and the others are uniform. The pixel
 * is drawn first, and then a place around it.
 *
 * @param batch patches of a batch
 * @param positive how many of them contain foreground
 * @param ofAll whether the pixel is drawn from the foreground of all masks, and not from that of
 *     the mask whose turn it is
 */
record ForegroundSampler(Patch patch, Deal deal, int batch, int positive, boolean ofAll)
    implements SizedSampler {
  /** The numbers of a patch: 0 and 1 are its place, 2 the pixel, those behind other masks. */
  private static final int PIXEL = 2;

  /** Masks that are drawn in place of one without foreground, before one is taken that has it. */
  private static final int OTHERS = 64;

  static ForegroundSampler of(Patch patch, Deal deal, double share, int batch, boolean ofAll) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "share of foreground %s: expected 0 to 1".formatted(share));
    }
    if (batch < 1) {
      throw new IllegalArgumentException("a batch of %d: expected 1 or more".formatted(batch));
    }
    int positive = (int) Math.floor(share * batch + 0.5);
    if (share > 0 && positive == 0) {
      throw new IllegalArgumentException(
          "a share of %s of a batch of %d is not one patch; give %s or more"
              .formatted(share, batch, 0.5 / batch));
    }
    if (positive > 0 && deal.masks().foreground() == 0) {
      throw new IllegalArgumentException(
          "no mask has foreground, so no patch can contain any; draw uniformly");
    }
    return new ForegroundSampler(patch, deal, batch, positive, ofAll);
  }

  /** Patches over which the share holds. */
  @Override
  public int batch() {
    return batch;
  }

  @Override
  public long size() {
    return deal.size();
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    check(k);
    Masks masks = deal.masks();
    long mask = deal.mask(seed, epoch, k);
    long key = Draws.key(seed, epoch, k, attempt);
    if (k % batch >= positive) {
      patch.anywhere(masks, mask, key, 0, to);
      return true;
    }
    long pixel;
    if (ofAll) {
      pixel = Draws.below(key, PIXEL, masks.foreground());
      mask = masks.maskOf(pixel);
      pixel -= masks.foregroundBefore(mask);
    } else {
      mask = withForeground(mask, key);
      pixel = Draws.below(key, PIXEL, masks.foreground(mask));
    }
    long position = masks.select(mask, pixel);
    int width = masks.width(mask);
    patch.around(masks, mask, (int) (position / width), (int) (position % width), key, 0, to);
    return true;
  }

  /** The mask itself, or another one where it is empty. */
  private long withForeground(long mask, long key) {
    Masks masks = deal.masks();
    long chosen = mask;
    for (int i = 1; masks.foreground(chosen) == 0; i++) {
      chosen =
          i <= OTHERS
              ? Draws.below(key, PIXEL + i, masks.size())
              : masks.maskOf(Draws.below(key, PIXEL + i, masks.foreground()));
    }
    return chosen;
  }
}
