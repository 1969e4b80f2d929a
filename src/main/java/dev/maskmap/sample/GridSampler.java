package dev.maskmap.sample;

/**
 * Every mask from its top left to its bottom right, in steps; the last patch of a row or column
 * ends at the mask's edge. In order, whatever the seed and the epoch.
 *
 * @param firsts patches before every {@value #EVERY}th mask, of masks of different sizes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GridSampler(Patch patch, Masks masks, int strideY, int strideX, long size, long[] firsts)
    implements Sampler {
  private static final int EVERY = 64;

  static GridSampler of(Patch patch, Masks masks, int strideY, int strideX) {
    if (strideY < 1 || strideX < 1) {
      throw new IllegalArgumentException(
          "strides of %d and %d pixels: expected 1 or more".formatted(strideY, strideX));
    }
    GridSampler empty = new GridSampler(patch, masks, strideY, strideX, 0, new long[0]);
    if (masks.isUniform()) {
      long size = Math.multiplyExact(masks.size(), empty.count(0));
      return new GridSampler(patch, masks, strideY, strideX, size, new long[0]);
    }
    long[] firsts = new long[Math.toIntExact(Math.ceilDiv(masks.size(), EVERY))];
    long size = 0;
    for (long i = 0; i < masks.size(); i++) {
      if (i % EVERY == 0) {
        firsts[(int) (i / EVERY)] = size;
      }
      size = Math.addExact(size, empty.count(i));
    }
    return new GridSampler(patch, masks, strideY, strideX, size, firsts);
  }

  private static int steps(int length, int patch, int stride) {
    return Math.ceilDiv(Math.max(length - patch, 0), stride) + 1;
  }

  /** Patches of a mask. */
  private long count(long mask) {
    return (long) steps(masks.height(mask), patch.height(), strideY)
        * steps(masks.width(mask), patch.width(), strideX);
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
      throw new IndexOutOfBoundsException("patch %d: the grid has %d".formatted(k, size));
    }
    long mask = 0;
    long left = k;
    if (masks.isUniform()) {
      mask = k / count(0);
      left = k % count(0);
    } else {
      int block = block(k);
      mask = (long) block * EVERY;
      left -= firsts[block];
      for (long here; (here = count(mask)) <= left; mask++) {
        left -= here;
      }
    }
    int columns = steps(masks.width(mask), patch.width(), strideX);
    to.set(
        masks.index(mask),
        at(left / columns, strideY, masks.height(mask), patch.height()),
        at(left % columns, strideX, masks.width(mask), patch.width()));
    return true;
  }

  private int block(long k) {
    int low = 0;
    for (int high = firsts.length; high - low > 1; ) {
      int middle = (low + high) >>> 1;
      if (firsts[middle] > k) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static int at(long step, int stride, int length, int patch) {
    return (int) Math.min(step * stride, Math.max(length - patch, 0));
  }
}
