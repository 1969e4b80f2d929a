package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.convert.pixels.PixelLimit;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The header of a PNG file (PNG specification, section 11.2.1).
 *
 * @param width pixels in a row
 * @param height rows
 * @param depth bits a sample
 * @param colorType 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha
 * @param interlaced whether the rows come in the seven passes of Adam7
 */
record PngHeader(int width, int height, int depth, int colorType, boolean interlaced) {
  static final PngHeader NONE = new PngHeader(0, 0, 0, 0, false);

  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int BYTES = 13;

  /** What deflate reaches at best: 258 bytes from two bits. */
  private static final int DEFLATE_RATIO = 1032;

  /** First column, first row, step of columns and step of rows of each pass (section 8.2). */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  /**
   * Reads the data of the chunk that must come first.
   *
   * @throws IOException if it is not a header, not a possible one, or one of too many pixels
   */
  static PngHeader parse(String type, ByteBuffer data) throws IOException {
    if (!type.equals("IHDR") || data.remaining() != BYTES) {
      throw new IOException(
          "corrupt PNG: begins with chunk %s of %d bytes, expected IHDR of %d"
              .formatted(Messages.oneLine(type), data.remaining(), BYTES));
    }
    boolean interlaced = data.get(12) == 1;
    PngHeader header =
        new PngHeader(data.getInt(), data.getInt(), data.get(), data.get(), interlaced);
    PixelLimit.check(header.height, header.width);
    if (!header.valid() || data.get() != 0 || data.get() != 0 || (data.get() & ~1) != 0) {
      throw new IOException(
          "corrupt PNG: no such format as bit depth %d with colour type %d, or an unknown method"
              .formatted(header.depth & 0xFF, header.colorType & 0xFF));
    }
    return header;
  }

  private boolean valid() {
    return switch (colorType) {
      case GRAY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case RGB, 4, 6 -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  boolean indexed() {
    return colorType == PALETTE;
  }

  /** Says whether alpha is one of the samples; a tRNS chunk is another way to have it. */
  boolean hasAlphaSamples() {
    return colorType == 4 || colorType == 6;
  }

  /** Says whether it is of the kinds that masks mostly are, and that {@link PngRows} reads. */
  boolean plain() {
    return !interlaced && depth <= 8 && (colorType == GRAY || colorType == PALETTE);
  }

  /** Samples of a pixel. */
  int samples() {
    return switch (colorType) {
      case RGB -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  DecodedImage.Kind kind() {
    return switch (colorType) {
      case PALETTE -> DecodedImage.Kind.INDEXED;
      case RGB, 6 -> DecodedImage.Kind.COLOR;
      default -> DecodedImage.Kind.GRAY;
    };
  }

  /** Bytes of one whole row of {@code columns} pixels, without the filter type before it. */
  long rowBytes(int columns) {
    return ((long) columns * samples() * depth + 7) / 8;
  }

  /** Bytes that the image data inflates to, filter types included. */
  long inflatedBytes() {
    if (!interlaced) {
      return height * (1 + rowBytes(width));
    }
    long bytes = 0;
    for (int[] pass : ADAM7) {
      int columns = (width - pass[0] + pass[2] - 1) / pass[2];
      int rows = (height - pass[1] + pass[3] - 1) / pass[3];
      bytes += columns <= 0 ? 0 : rows * (1 + rowBytes(columns));
    }
    return bytes;
  }

  /**
   * Refuses a header that promises more pixels than its data can hold, however well compressed: a
   * few bytes must not make us allocate gigabytes.
   */
  void checkDataBytes(long dataBytes) throws IOException {
    if (inflatedBytes() / DEFLATE_RATIO > dataBytes) {
      throw new IOException(
          "corrupt PNG: %d bytes of image data cannot hold the %d x %d pixels of its header"
              .formatted(dataBytes, height, width));
    }
  }
}
