package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.util.Arrays;
import java.util.Comparator;

/**
 * How large the masks of a store are.
 *
 * @param masks whose size is known, of {@code of}, spread evenly
 * @param of masks of the store
 * @param distinct different sizes
 * @param smallest by pixels
 * @param median by pixels; of two in the middle the smaller one
 * @param largest by pixels
 * @param pixels of all masks together; estimated where not all were looked at
 */
record MaskSizes(
    long masks, long of, int distinct, Size smallest, Size median, Size largest, long pixels) {
  /** Some ten milliseconds. */
  private static final int MAX_MASKS = 1_000_000;

  /** Equal ones only where both sides are, so that equal sizes lie side by side. */
  private static final Comparator<Size> BY_PIXELS =
      Comparator.comparingLong(MaskSizes::area)
          .thenComparingInt(Size::height)
          .thenComparingInt(Size::width);

  /** Looks at the masks, at one only where the store says that all have one size. */
  static MaskSizes of(MaskStore store) {
    long masks = store.size();
    if (store.isUniform()) {
      Size size = size(store, 0);
      return new MaskSizes(masks, masks, 1, size, size, size, masks * area(size));
    }
    int count = EvenSpread.count(masks, MAX_MASKS);
    Size[] sizes = new Size[count];
    long pixels = 0;
    for (int i = 0; i < count; i++) {
      sizes[i] = size(store, EvenSpread.index(masks, count, i));
      pixels += area(sizes[i]);
    }
    Arrays.sort(sizes, BY_PIXELS);
    int distinct = 1;
    for (int i = 1; i < count; i++) {
      distinct += sizes[i].equals(sizes[i - 1]) ? 0 : 1;
    }
    long all = count == masks ? pixels : (long) ((double) pixels / count * masks);
    return new MaskSizes(
        count, masks, distinct, sizes[0], sizes[(count - 1) / 2], sizes[count - 1], all);
  }

  private static Size size(MaskStore store, long mask) {
    return new Size(store.height(mask), store.width(mask));
  }

  private static long area(Size size) {
    return (long) size.height() * size.width();
  }

  boolean isUniform() {
    return distinct == 1;
  }
}
