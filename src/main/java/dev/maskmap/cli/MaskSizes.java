package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.util.Arrays;
import java.util.Comparator;

/**
 * How large the masks of a store are.
 *
 * @param masks that were looked at, of {@code of}, spread evenly
 * @param of masks of the store
 * @param distinct different sizes
 * @param smallest by pixels
 * @param median by pixels; of two in the middle the smaller one
 * @param largest by pixels
 * @param pixels of all masks together; estimated where not all were looked at
 */
record MaskSizes(
    int masks, long of, int distinct, Size smallest, Size median, Size largest, long pixels) {
  /** Some ten milliseconds. */
  private static final int MAX_MASKS = 1_000_000;

  private static final Comparator<Size> BY_PIXELS =
      Comparator.comparingLong(MaskSizes::area)
          .thenComparingInt(Size::height)
          .thenComparingInt(Size::width);

  static MaskSizes of(MaskStore store) {
    long masks = store.size();
    int count = EvenSpread.count(masks, MAX_MASKS);
    Size[] sizes = new Size[count];
    for (int i = 0; i < count; i++) {
      long mask = EvenSpread.index(masks, count, i);
      Size size = new Size(store.height(mask), store.width(mask));
      // One object for a run of equal sizes: sorting a uniform store is then one comparison each.
      sizes[i] = i > 0 && size.equals(sizes[i - 1]) ? sizes[i - 1] : size;
    }
    Arrays.sort(sizes, BY_PIXELS);
    double pixels = 0;
    long exact = 0;
    int distinct = 1;
    for (int i = 0; i < count; i++) {
      exact += area(sizes[i]);
      pixels += area(sizes[i]);
      distinct += i > 0 && !sizes[i].equals(sizes[i - 1]) ? 1 : 0;
    }
    long all = count == masks ? exact : (long) (pixels / count * masks);
    return new MaskSizes(
        count, masks, distinct, sizes[0], sizes[(count - 1) / 2], sizes[count - 1], all);
  }

  private static long area(Size size) {
    return (long) size.height() * size.width();
  }

  boolean isUniform() {
    return distinct == 1;
  }
}
