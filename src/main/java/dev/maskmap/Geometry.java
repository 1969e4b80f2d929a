package dev.maskmap;

/**
 * How many masks there are and how large each is.
 *
 * @param masks at least 1
 * @param height pixel rows of each mask, at least 1
 * @param width columns of each mask, at least 1
 */
record Geometry(long masks, int height, int width) {
  /**
   * @throws IllegalArgumentException if a number is below 1 or the packed masks exceed 2^62 bytes
   */
  Geometry {
    if (masks < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "%d masks of %dx%d pixels: expected at least one mask, one row and one column"
              .formatted(masks, height, width));
    }
    long maskBytes = packedRows(height) * width;
    if (masks > (1L << 62) / maskBytes) {
      throw new IllegalArgumentException(
          "%d masks of %dx%d pixels: more than 2^62 bytes".formatted(masks, height, width));
    }
  }

  private static long packedRows(int height) {
    return (height + 7L) >>> 3;
  }

  /** Packed rows of one mask: eight pixel rows each, the last one padded with background. */
  int packedRows() {
    return (int) packedRows(height);
  }

  /** Bytes of one packed mask. */
  long maskBytes() {
    return (long) packedRows() * width;
  }

  /** Bytes of all packed masks. */
  long bytes() {
    return masks * maskBytes();
  }

  /** Pixels of one mask. */
  long pixels() {
    return (long) height * width;
  }

  /** Bytes of one entry of the foreground index: 4, or 8 where 4 cannot count a mask's pixels. */
  int countBytes() {
    return pixels() < 1L << 32 ? 4 : 8;
  }

  /** Type of the foreground index. */
  String countType() {
    return "<u" + countBytes();
  }

  /** The bits of the last packed row that lie past the height: zero in every store. */
  int paddingMask() {
    return 0xFF >>> (((height - 1) & 7) + 1);
  }

  @Override
  public String toString() {
    return "%d masks of %dx%d".formatted(masks, height, width);
  }
}
