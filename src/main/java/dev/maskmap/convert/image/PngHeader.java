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
 */
record PngHeader(int width, int height, int depth, int colorType) {
  static final PngHeader NONE = new PngHeader(0, 0, 0, 0);

  private static final int PALETTE = 3;
  private static final int BYTES = 13;

  /** What deflate reaches at best: 258 bytes from two bits. */
  private static final int DEFLATE_RATIO = 1032;

  static PngHeader parse(String type, ByteBuffer data) throws IOException {
    if (!type.equals("IHDR") || data.remaining() != BYTES) {
      throw new IOException(
          "corrupt PNG: begins with chunk %s of %d bytes, expected IHDR of %d"
              .formatted(Messages.oneLine(type), data.remaining(), BYTES));
    }
    PngHeader header = new PngHeader(data.getInt(), data.getInt(), data.get(), data.get());
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
      case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case 2, 4, 6 -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  boolean indexed() {
    return colorType == PALETTE;
  }

  DecodedImage.Kind kind() {
    return switch (colorType) {
      case PALETTE -> DecodedImage.Kind.INDEXED;
      case 2, 6 -> DecodedImage.Kind.COLOR;
      default -> DecodedImage.Kind.GRAY;
    };
  }

  /**
   * Refuses a header that promises more pixels than its data can hold, however well compressed: a
   * few bytes must not make us allocate gigabytes.
   */
  void checkDataBytes(long dataBytes) throws IOException {
    int samples = new int[] {1, 0, 3, 1, 2, 0, 4}[colorType];
    long pixelBytes = (long) height * width * depth * samples / 8;
    if (pixelBytes / DEFLATE_RATIO > dataBytes) {
      throw new IOException(
          "corrupt PNG: %d bytes of image data cannot hold the %d x %d pixels of its header"
              .formatted(dataBytes, height, width));
    }
  }
}
