package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.convert.image.BitPng;
import dev.maskmap.convert.pixels.PackedMask;

/**
 * What the masks would take as PNG files of one bit a pixel, deflated at the usual level. A few
 * masks are encoded, and of large ones a part from the middle; the rest is taken to be like them.
 *
 * @param bytes of all masks
 * @param masks that were encoded, spread evenly
 * @param exact whether that was all there is
 */
record PngEstimate(long bytes, int masks, boolean exact) {
  /** Packed bytes of one mask that are encoded: a full-HD mask and a little more. */
  private static final int MAX_BYTES = 1 << 18;

  /** What zlib, libpng and Pillow take where nobody says. */
  private static final int LEVEL = 6;

  static PngEstimate of(MaskStore store, MaskSizes sizes) {
    int count = EvenSpread.count(store.size(), MiddlePart.MAX_MASKS);
    long bytes = 0;
    long pixels = 0;
    boolean whole = count == store.size();
    for (int i = 0; i < count; i++) {
      MiddlePart middle = MiddlePart.of(store, EvenSpread.index(store.size(), count, i), MAX_BYTES);
      PackedMask part = middle.packed();
      bytes += BitPng.encode(part, LEVEL).length;
      pixels += (long) part.height() * part.width();
      whole &= middle.whole();
    }
    long all = whole ? bytes : (long) ((double) bytes / pixels * sizes.pixels());
    return new PngEstimate(all, count, whole);
  }
}
