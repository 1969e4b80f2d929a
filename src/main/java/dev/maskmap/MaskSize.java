package dev.maskmap;

/**
 * The size of one mask in pixels, and what follows from it.
 *
 * @param height pixel rows, at least 1
 * @param width columns, at least 1
 */
record MaskSize(int height, int width) {
  /**
   * @throws IllegalArgumentException if a side is below 1
   */
  MaskSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a mask of %dx%d pixels: expected at least one row and one column"
              .formatted(height, width));
    }
  }

  /** Packed rows: eight pixel rows each, the last one padded with background. */
  int packedRows() {
    return packedRows(height);
  }

  static int packedRows(int height) {
    return (int) ((height + 7L) >>> 3);
  }

  /** Bytes of the packed mask. */
  long bytes() {
    return (long) packedRows() * width;
  }

  long pixels() {
    return (long) height * width;
  }

  /** Whether 4 bytes cannot count the mask's pixels. */
  boolean needsWideCounts() {
    return pixels() >= 1L << 32;
  }

  /** The bits of the last packed row that lie past the height: zero in every store. */
  int paddingMask() {
    return 0xFF >>> (((height - 1) & 7) + 1);
  }

  /** Whether a bit past the height is set in the mask's packed rows; gives its byte, or -1. */
  int paddedByte(byte[] packed) {
    for (int i = packed.length - width; i < packed.length; i++) {
      if ((packed[i] & paddingMask()) != 0) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return "%dx%d".formatted(height, width);
  }
}
