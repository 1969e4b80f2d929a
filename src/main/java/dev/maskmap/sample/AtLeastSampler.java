package dev.maskmap.sample;

import dev.maskmap.MaskStore;

/** Draws again until a patch has enough foreground, so often and no more. */
record AtLeastSampler(Sampler from, Masks masks, long pixels, int attempts) implements Sampler {
  @Override
  public boolean isOf(MaskStore store) {
    return from.isOf(store);
  }

  @Override
  public int height() {
    return from.height();
  }

  @Override
  public int width() {
    return from.width();
  }

  @Override
  public int batch() {
    return from.batch();
  }

  @Override
  public long size() {
    return from.size();
  }

  @Override
  public String describe() {
    return "at-least=%d*%d %s".formatted(pixels, attempts, from.describe());
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    boolean kept = false;
    for (int i = 0; i < attempts && !kept; i++) {
      kept = from.draw(seed, epoch, k, attempt * attempts + i, to) && foreground(to) >= pixels;
    }
    return kept;
  }

  /** Of the part of the patch that lies in the mask. */
  private long foreground(Place at) {
    int height = Math.min(height(), masks.height(at.mask()) - at.y());
    int width = Math.min(width(), masks.width(at.mask()) - at.x());
    return masks.foreground(at.mask(), at.y(), at.x(), height, width);
  }
}
