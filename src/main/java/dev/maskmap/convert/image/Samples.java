package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelValues;

/** Samples as PNG, TIFF and PNM files pack them. */
final class Samples {
  private Samples() {}

  /**
   * Returns samples of {@code depth} 1, 2, 4 or 8 bits, the leftmost in the high bits, each row in
   * whole bytes; {@code rows} is shared where no sample has to be moved.
   */
  static PixelValues values(byte[] rows, int height, int width, int depth) {
    return switch (depth) {
      case 1 -> new PixelValues.Bits(rows, height, width);
      case 8 -> new PixelValues.Narrow(rows);
      default -> new PixelValues.Narrow(unpack(rows, height, width, depth));
    };
  }

  private static byte[] unpack(byte[] rows, int height, int width, int depth) {
    byte[] out = new byte[height * width];
    int rowBytes = (width * depth + 7) / 8;
    int mask = (1 << depth) - 1;
    for (int y = 0, o = 0; y < height; y++) {
      // In bits from the start of the row, so that an image of any size stays within an int.
      for (int x = 0, bit = 0; x < width; x++, bit += depth) {
        byte samples = rows[y * rowBytes + (bit >> 3)];
        out[o++] = (byte) ((samples >> (8 - depth - (bit & 7))) & mask);
      }
    }
    return out;
  }

  /**
   * Returns a sample of a colour as 8 bits: the high byte of 16, though never 0 for one that is not
   * 0; fewer bits stretched, as Pillow does it.
   */
  static int eightBits(int sample, int bits) {
    if (bits > 8) {
      return Math.max(sample >>> (bits - 8), Math.min(sample, 1));
    }
    return bits == 8 ? sample : sample * 255 / ((1 << bits) - 1);
  }
}
