package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.BitSquare;
import dev.maskmap.convert.pixels.PackedMask;

/**
 * How the bytes of one mask hold its pixels, as {@code numpy.packbits} packs them.
 *
 * @param direction which way the eight pixels of a byte lie
 * @param littleBits whether the first pixel is in the least significant bit
 * @param height rows of pixels
 * @param width pixels in a row
 */
record BitPacking(Direction direction, boolean littleBits, int height, int width) {
  /** Which pixels share a byte. */
  enum Direction {
    /** Eight of a column; each column begins with a new byte. As a store packs them. */
    DOWN("down the columns"),
    /** Eight of a row; each row begins with a new byte. */
    ALONG("along the rows"),
    /** Eight that follow each other; rows begin in the midst of bytes. */
    FLAT("flat");

    private final String words;

    Direction(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * Returns the mask that {@code bytes} hold; bits past its size are ignored.
   *
   * @param bytes of one mask, row by row; changed, and perhaps kept
   */
  PackedMask unpack(byte[] bytes) {
    if (littleBits) {
      reverse(bytes);
    }
    if (direction != Direction.DOWN) {
      return new PackedMask(height, width, turned(bytes));
    }
    if (height % 8 != 0) {
      // Bits past the height are zero in a store, whatever they are here.
      int last = height / 8 * width;
      for (int i = last; i < last + width; i++) {
        bytes[i] &= (byte) (0xFF00 >> height % 8);
      }
    }
    return new PackedMask(height, width, bytes);
  }

  private static void reverse(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (Integer.reverse(bytes[i]) >>> 24);
    }
  }

  private byte[] turned(byte[] bytes) {
    byte[] out = new byte[(height + 7) / 8 * width];
    long rowBits = direction == Direction.FLAT ? width : (width + 7) / 8 * 8L;
    for (int y = 0, o = 0; y < height; y += 8, o += width) {
      int rows = Math.min(8, height - y);
      for (int x = 0; x < width; x += 8) {
        long square = BitSquare.transpose(square(bytes, y * rowBits + x, rowBits, rows));
        for (int c = 0; c < Math.min(8, width - x); c++) {
          out[o + x + c] = (byte) (square >>> (56 - 8 * c));
        }
      }
    }
    return out;
  }

  /** Eight pixels of each of up to eight rows, the topmost in the most significant byte. */
  private static long square(byte[] bytes, long firstBit, long rowBits, int rows) {
    long square = 0;
    for (int row = 0; row < rows; row++) {
      square |= (long) octet(bytes, firstBit + row * rowBits) << (56 - 8 * row);
    }
    return square;
  }

  private static int octet(byte[] bytes, long bit) {
    int at = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    if (shift == 0) {
      return bytes[at] & 0xFF;
    }
    int next = at + 1 < bytes.length ? bytes[at + 1] & 0xFF : 0;
    return ((bytes[at] << 8 | next) >>> (8 - shift)) & 0xFF;
  }
}
