package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.convert.image.BitPng;
import dev.maskmap.convert.pixels.PackedMask;
import java.lang.foreign.MemorySegment;

/**
 * What the masks would take as PNG files of one bit a pixel, deflated at the usual level. A few
 * masks are encoded, and of large ones a part from the middle; the rest is taken to be like them.
 *
 * @param bytes of all masks
 * @param masks that were encoded, spread evenly
 * @param exact whether that was all there is
 */
record PngEstimate(long bytes, int masks, boolean exact) {
  private static final int MAX_MASKS = 32;

  /** Packed bytes of one mask that are encoded: a full-HD mask and a little more. */
  private static final int MAX_BYTES = 1 << 18;

  /** What zlib, libpng and Pillow take where nobody says. */
  private static final int LEVEL = 6;

  static PngEstimate of(MaskStore store, MaskSizes sizes) {
    int count = EvenSpread.count(store.size(), MAX_MASKS);
    long bytes = 0;
    long pixels = 0;
    boolean whole = count == store.size();
    for (int i = 0; i < count; i++) {
      long mask = EvenSpread.index(store.size(), count, i);
      PackedMask part = part(store, mask);
      bytes += BitPng.encode(part, LEVEL).length;
      pixels += (long) part.height() * part.width();
      whole &= part.height() == store.height(mask) && part.width() == store.width(mask);
    }
    long all = whole ? bytes : (long) ((double) bytes / pixels * sizes.pixels());
    return new PngEstimate(all, count, whole);
  }

  private static PackedMask part(MaskStore store, long mask) {
    int width = Math.min(store.width(mask), MAX_BYTES);
    int height = Math.min(store.height(mask), MAX_BYTES / width * 8);
    byte[] packed = new byte[Math.toIntExact(PixelType.PACKED.patchBytes(height, width))];
    int y = (store.height(mask) - height) / 2;
    int x = (store.width(mask) - width) / 2;
    MemorySegment to = MemorySegment.ofArray(packed);
    store.read(mask, y, x, height, width, PixelType.PACKED, to, 0);
    return new PackedMask(height, width, packed);
  }
}
