package dev.maskmap.sample;

/**
 * The size of a patch, and where it can lie in a mask.
 *
 * @param height pixel rows
 * @param width columns
 */
record Patch(int height, int width) {
  /** The number of a patch that its foreground pixel is drawn from. */
  static final int PIXEL = 2;

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
  private void around(Masks masks, long mask, int y, int x, long key, long n, Place to) {
    to.set(
        masks.index(mask),
        around(y, masks.height(mask), height, key, n),
        around(x, masks.width(mask), width, key, n + 1));
  }

  /**
   * A foreground pixel of all masks, each as likely as the others, and a place around it.
   *
   * @param masks that have foreground
   * @param key whose numbers 0 and 1 are the place, and 2 is the pixel
   */
  void overAny(Masks masks, long key, Place to) {
    long pixel = Draws.below(key, PIXEL, masks.foreground());
    long mask = masks.maskOf(pixel);
    over(masks, mask, pixel - masks.foregroundBefore(mask), key, to);
  }

  /** A foreground pixel of a mask that has some, each as likely as the others, and a place. */
  void overOneOf(Masks masks, long mask, long key, Place to) {
    over(masks, mask, Draws.below(key, PIXEL, masks.foreground(mask)), key, to);
  }

  private void over(Masks masks, long mask, long pixel, long key, Place to) {
    long position = masks.select(mask, pixel);
    int columns = masks.width(mask);
    around(masks, mask, (int) (position / columns), (int) (position % columns), key, 0, to);
  }

  private static int around(int pixel, int length, int patch, long key, long n) {
    int first = Math.max(pixel - patch + 1, 0);
    int last = Math.min(pixel, Math.max(length - patch, 0));
    return first + (int) Draws.below(key, n, last - first + 1L);
  }
}
