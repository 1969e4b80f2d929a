package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.convert.pixels.PackedMask;
import java.lang.foreign.MemorySegment;

/**
 * A mask to judge others by: the whole of it, or of a large one a part from the middle that begins
 * with a packed row.
 *
 * @param packed the part
 * @param whole whether it is all of the mask
 */
record MiddlePart(PackedMask packed, boolean whole) {
  /** Masks that are looked at, spread evenly. */
  static final int MAX_MASKS = 32;

  /**
   * Takes it out of a store.
   *
   * @param maxBytes packed bytes that it has at most; at least one packed row is read
   */
  static MiddlePart of(MaskStore store, long mask, int maxBytes) {
    int allRows = store.height(mask);
    int allColumns = store.width(mask);
    int width = Math.min(allColumns, maxBytes);
    int height = Math.min(allRows, maxBytes / width * 8);
    byte[] packed = new byte[Math.toIntExact(PixelType.PACKED.patchBytes(height, width))];
    int y = (allRows - height) / 2 & -8;
    int x = (allColumns - width) / 2;
    MemorySegment to = MemorySegment.ofArray(packed);
    store.read(mask, y, x, height, width, PixelType.PACKED, to, 0);
    return new MiddlePart(
        new PackedMask(height, width, packed), height == allRows && width == allColumns);
  }
}
