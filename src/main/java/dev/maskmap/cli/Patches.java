package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.util.SplittableRandom;

/**
 * Random patches of one size, drawn beforehand: masks uniform over those of the store that are
 * large enough, origins uniform over each mask. The same seed draws the same patches.
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Patches(Size size, long[] masks, int[] y, int[] x) {

  /** So many masks that are too small are drawn before there seems to be none. */
  private static final int MAX_MISSES = 1_000_000;

  /**
   * Draws {@code count} patches.
   *
   * @throws IllegalArgumentException if no mask seems to be as large as the patch; names one that
   *     is not
   */
  static Patches draw(MaskStore store, int count, Size size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Patches patches = new Patches(size, new long[count], new int[count], new int[count]);
    int misses = 0;
    for (int i = 0; i < count; ) {
      long mask = random.nextLong(store.size());
      int height = store.height(mask);
      int width = store.width(mask);
      if (height >= size.height() && width >= size.width()) {
        patches.masks[i] = mask;
        patches.y[i] = random.nextInt(height - size.height() + 1);
        patches.x[i++] = random.nextInt(width - size.width() + 1);
      } else if (store.isUniform() || ++misses == MAX_MISSES) {
        throw tooSmall(store, mask, size);
      }
    }
    return patches;
  }

  private static IllegalArgumentException tooSmall(MaskStore store, long mask, Size size) {
    return new IllegalArgumentException(
        "%s: mask %s is %dx%d (height x width), smaller than the patch of %s%s: give --patch HxW"
                .formatted(
                    store.path(),
                    label(store, mask),
                    store.height(mask),
                    store.width(mask),
                    size,
                    store.isUniform() ? "" : ", and so is about every other")
            + " within it");
  }

  /** Returns the mask's index, and its name if it has one. */
  static String label(MaskStore store, long mask) {
    return store.hasNames() ? "%d (%s)".formatted(mask, store.name(mask)) : Long.toString(mask);
  }

  int count() {
    return masks.length;
  }
}
