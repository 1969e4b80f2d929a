package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelLimit;
import java.io.IOException;

/**
 * The header of a PNM file (Netpbm's pages pbm, pgm and ppm).
 *
 * @param type 1 to 3 for bits, gray and colours in digits, 4 to 6 for the same in bytes
 * @param width pixels in a row
 * @param height rows
 * @param maxval the largest value of a sample
 */
record PnmHeader(int type, int width, int height, int maxval) {
  private static final int MAX_MAXVAL = 65_535;

  /**
   * Reads the header and leaves {@code in} behind it, where the pixels begin.
   *
   * @throws IOException if it is truncated or corrupt, or promises more pixels than are read
   */
  static PnmHeader read(PnmScanner in) throws IOException {
    int type = in.magic();
    int width = in.number("width");
    int height = in.number("height");
    PixelLimit.check(height, width);
    int maxval = type == 1 || type == 4 ? 1 : in.number("maxval");
    if (maxval < 1 || maxval > MAX_MAXVAL) {
      throw new IOException(
          "corrupt PNM: a maxval of %d, expected 1 to %d".formatted(maxval, MAX_MAXVAL));
    }
    in.endOfHeader();
    return new PnmHeader(type, width, height, maxval);
  }

  boolean plain() {
    return type <= 3;
  }

  boolean bits() {
    return type == 1 || type == 4;
  }

  boolean color() {
    return type == 3 || type == 6;
  }

  /** Samples of the whole image. */
  long samples() {
    return (long) height * width * (color() ? 3 : 1);
  }

  /** The least number of bytes that the pixels take: exact where they are not in digits. */
  long leastBytes() {
    return switch (type) {
      case 1 -> samples();
      case 2, 3 -> 2 * samples() - 1;
      case 4 -> (long) height * ((width + 7) / 8);
      default -> samples() * (maxval > 255 ? 2 : 1);
    };
  }
}
