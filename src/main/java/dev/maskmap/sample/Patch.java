package dev.maskmap.sample;

/**
 * The size of a patch, and where it can lie in a mask.
 *
 * @param height pixel rows
 * @param width columns
 */
record Patch(int height, int width) {
  Patch {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a patch of %d x %d pixels (height x width): expected 1 or more"
              .formatted(height, width));
    }
  }

  /** Whether a mask is as large as the patch. */
  boolean fits(Masks masks, long mask) {
    return masks.height(mask) >= height && masks.width(mask) >= width;
  }

  /** How many places the patch has in a mask; one in a mask that is smaller. */
  long places(Masks masks, long mask) {
    return (long) places(masks.height(mask), height) * places(masks.width(mask), width);
  }

  private static int places(int length, int patch) {
    return Math.max(length - patch, 0) + 1;
  }

  /** Any place in a mask, each as likely as the others. */
  void anywhere(Masks masks, long mask, long key, long n, Place to) {
    long y = Draws.below(key, n, places(masks.height(mask), height));
    long x = Draws.below(key, n + 1, places(masks.width(mask), width));
    to.set(masks.index(mask), (int) y, (int) x);
  }

  /**
   * Any place in a mask whose patch has a pixel in it, each as likely as the others. So pixels at a
   * border are reached like all else.
   */
  void around(Masks masks, long mask, int y, int x, long key, long n, Place to) {
    to.set(
        masks.index(mask),
        around(y, masks.height(mask), height, key, n),
        around(x, masks.width(mask), width, key, n + 1));
  }

  private static int around(int pixel, int length, int patch, long key, long n) {
    int first = Math.max(pixel - patch + 1, 0);
    int last = Math.min(pixel, Math.max(length - patch, 0));
    return first + (int) Draws.below(key, n, last - first + 1L);
  }
}
