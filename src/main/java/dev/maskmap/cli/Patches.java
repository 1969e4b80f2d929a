package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.util.SplittableRandom;

/**
 * Random patches of one size, drawn beforehand: masks uniform over the store, origins uniform over
 * each mask. The same seed draws the same patches.
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Patches(Size size, long[] masks, int[] y, int[] x) {

  /**
   * Draws {@code count} patches.
   *
   * @throws IllegalArgumentException if a mask drawn is smaller than the patch; names the mask
   */
  static Patches draw(MaskStore store, int count, Size size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Patches patches = new Patches(size, new long[count], new int[count], new int[count]);
    for (int i = 0; i < count; i++) {
      long mask = random.nextLong(store.size());
      int height = store.height(mask);
      int width = store.width(mask);
      if (height < size.height() || width < size.width()) {
        throw new IllegalArgumentException(
            "%s: mask %s is %dx%d (height x width), smaller than the patch: give --patch HxW within it"
                .formatted(store.path(), label(store, mask), height, width));
      }
      patches.masks[i] = mask;
      patches.y[i] = random.nextInt(height - size.height() + 1);
      patches.x[i] = random.nextInt(width - size.width() + 1);
    }
    return patches;
  }

  /** Returns the mask's index, and its name if it has one. */
  static String label(MaskStore store, long mask) {
    return store.hasNames() ? "%d (%s)".formatted(mask, store.name(mask)) : Long.toString(mask);
  }

  int count() {
    return masks.length;
  }
}
