package dev.maskmap.sample;

import dev.maskmap.MaskStore;

/** Some of other masks: what is asked of one is asked of it there. */
abstract class PartOfMasks implements Masks {
  private final Masks all;

  PartOfMasks(Masks all) {
    this.all = all;
  }

  final Masks all() {
    return all;
  }

  /** Which of the others a mask is. */
  abstract long from(long mask);

  @Override
  public final Masks ofStore() {
    return all.ofStore();
  }

  @Override
  public final boolean isOf(MaskStore store) {
    return all.isOf(store);
  }

  @Override
  public final long index(long mask) {
    return all.index(from(mask));
  }

  /** What was listed, as {@link #describe} ends with it. */
  abstract String list();

  @Override
  public final String describe() {
    String lists = "";
    PartOfMasks part = this;
    for (; part.all instanceof PartOfMasks larger; part = larger) {
      lists = part.list() + lists;
    }
    return "%d/%d%s%s".formatted(size(), part.all.size(), part.list(), lists);
  }

  @Override
  public final boolean isUniform() {
    return all.isUniform();
  }

  @Override
  public final int height(long mask) {
    return all.height(from(mask));
  }

  @Override
  public final int width(long mask) {
    return all.width(from(mask));
  }

  @Override
  public final long foreground() {
    return foregroundBefore(size());
  }

  @Override
  public final long foreground(long mask) {
    return all.foreground(from(mask));
  }

  @Override
  public final long foreground(long mask, int y, int x, int height, int width) {
    return all.foreground(from(mask), y, x, height, width);
  }

  @Override
  public final long select(long mask, long n) {
    return all.select(from(mask), n);
  }
}
