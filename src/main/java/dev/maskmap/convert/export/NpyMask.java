package dev.maskmap.convert.export;

import dev.maskmap.PixelType;
import dev.maskmap.internal.npy.NpyHeader;

/** A mask as a whole NPY file. */
final class NpyMask {
  private static final int HEADER_BYTES = 128;

  private NpyMask() {}

  /** {@code |b1} of shape (height, width). */
  static byte[] bool(MaskSelection masks, int i) {
    byte[] file = masks.read(i, PixelType.UINT8, HEADER_BYTES);
    return withHeader(file, NpyHeader.encode("|b1", masks.height(i), masks.width(i)));
  }

  /** {@code |u1} of shape (ceil(height / 8), width), as {@code numpy.packbits(mask, axis=0)}. */
  static byte[] packed(MaskSelection masks, int i) {
    byte[] file = masks.read(i, PixelType.PACKED, HEADER_BYTES);
    int packedRows = PixelType.PACKED.rows(masks.height(i));
    return withHeader(file, NpyHeader.encode("|u1", packedRows, masks.width(i)));
  }

  private static byte[] withHeader(byte[] file, byte[] header) {
    System.arraycopy(header, 0, file, 0, HEADER_BYTES);
    return file;
  }
}
