package dev.maskmap.convert.pixels;

/**
 * A mask packed down the columns, as a store holds it: byte {@code j * width + x} has the pixels
 * (8j, x) to (8j + 7, x), the topmost in its most significant bit; bits past the height are zero.
 *
 * @param height rows of pixels, at least 1
 * @param width pixels in a row, at least 1
 * @param rows {@code ceil(height / 8) * width} bytes; shared, not copied
 * @param note as {@link MaskPixels#note}
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record PackedMask(int height, int width, byte[] rows, String note) implements MaskPixels {
  /** Checks that the bytes fit the size. */
  public PackedMask {
    if (height < 1 || width < 1 || rows.length != (height + 7L) / 8 * width) {
      throw new IllegalArgumentException(
          "%d packed bytes for %d x %d pixels".formatted(rows.length, height, width));
    }
  }

  /** A mask about which there is nothing to say. */
  public PackedMask(int height, int width, byte[] rows) {
    this(height, width, rows, "");
  }
}
