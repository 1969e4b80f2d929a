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
record ForegroundSampler(Sampling sampling, Deal deal, int batch, int positive, boolean ofAll)
    implements SizedSampler {
  /** Masks that are drawn in place of one without foreground, before one is taken that has it. */
  private static final int OTHERS = 64;

  static ForegroundSampler of(
      Sampling sampling, Deal deal, double share, int batch, boolean ofAll) {
    int positive = Shares.patches("a share", share, batch);
    if (positive > 0 && deal.masks().foreground() == 0) {
      throw new IllegalArgumentException(
          "no mask has foreground, so no patch can contain any; draw uniformly");
    }
    return new ForegroundSampler(sampling, deal, batch, positive, ofAll);
  }

  @Override
  public String kind() {
    return "foreground%s=%d/%d".formatted(ofAll ? "-of-all" : "", positive, batch);
  }

  @Override
  public long size() {
    return deal.size();
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    check(k);
    Masks masks = deal.masks();
    long key = Draws.key(seed, epoch, k, attempt);
    if (k % batch >= positive) {
      patch().anywhere(masks, deal.mask(seed, epoch, k), key, 0, to);
    } else if (ofAll) {
      patch().overAny(masks, key, to);
    } else {
      patch().overOneOf(masks, withForeground(deal.mask(seed, epoch, k), key), key, to);
    }
    return true;
  }

  /** The mask itself, or another one where it is empty. */
  private long withForeground(long mask, long key) {
    Masks masks = deal.masks();
    long chosen = mask;
    for (int i = 1; masks.foreground(chosen) == 0; i++) {
      chosen =
          i <= OTHERS
              ? deal.any(key, Patch.PIXEL + i)
              : masks.maskOf(Draws.below(key, Patch.PIXEL + i, masks.foreground()));
    }
    return chosen;
  }
}
