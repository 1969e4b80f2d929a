package dev.maskmap.convert.image;

import java.io.IOException;

/**
 * Decodes CCITT Group 4 (ITU-T T.6). Our own, because the decoder of ImageIO throws for some sound
 * strips, and returns wrong pixels for others, where a row has many changes of colour.
 */
final class Group4Decoder {
  private final byte[] data;
  private final int width;
  private long at;

  private Group4Decoder(byte[] data, int width) {
    this.data = data;
    this.width = width;
  }

  /**
   * Returns {@code rows} rows of {@code ceil(width / 8)} bytes, the leftmost pixel in the most
   * significant bit; set bits are black. Data behind the last row is not looked at.
   *
   * @throws IOException if the data is no such code, or ends early
   */
  static byte[] decode(byte[] data, int width, int rows) throws IOException {
    Group4Decoder decoder = new Group4Decoder(data, width);
    int rowBytes = Scanlines.rowBytes(width);
    byte[] lines = new byte[Math.multiplyExact(rows, rowBytes)];
    FaxRow above = new FaxRow(width);
    FaxRow row = new FaxRow(width);
    for (int y = 0; y < rows; y++) {
      decoder.row(row, above, y);
      row.write(lines, y * rowBytes);
      FaxRow done = above;
      above = row;
      row = done;
    }
    return lines;
  }

  private void row(FaxRow row, FaxRow above, int y) throws IOException {
    row.clear();
    int x = -1;
    boolean black = false;
    while (x < width) {
      FaxMode mode = mode(y);
      int b = above.next(x, black);
      if (mode == FaxMode.PASS) {
        x = above.at(b + 1);
      } else if (mode == FaxMode.HORIZONTAL) {
        int first = checked(Math.max(x, 0) + run(black, y), x, y);
        row.add(first);
        x = checked(first + run(!black, y), first, y);
        row.add(x);
      } else {
        x = checked(above.at(b) + mode.shift, x, y);
        row.add(x);
        black = !black;
      }
    }
    row.end();
  }

  private int checked(int change, int last, int y) throws IOException {
    if (change < Math.max(last, 0) || change > width) {
      throw corrupt("a change of colour at pixel %d of %d".formatted(change, width), y);
    }
    return change;
  }

  private FaxMode mode(int y) throws IOException {
    FaxMode mode = FaxMode.find(peek(FaxMode.MAX_BITS));
    if (mode == null) {
      throw corrupt("no code for a change of colour", y);
    }
    skip(mode.bits, y);
    return mode;
  }

  /** Reads the codes of one run: any number for multiples of 64, and one for the rest. */
  private int run(boolean black, int y) throws IOException {
    FaxCodes codes = black ? FaxCodes.BLACK : FaxCodes.WHITE;
    int pixels = 0;
    while (true) {
      int index = codes.find(peek(FaxCodes.MAX_BITS));
      if (index < 0) {
        throw corrupt("no code for a run of pixels", y);
      }
      skip(codes.bits(index), y);
      pixels += FaxCodes.run(index);
      if (pixels > width) {
        throw corrupt("a run of more than %d pixels".formatted(width), y);
      }
      if (index < FaxCodes.STEP) {
        return pixels;
      }
    }
  }

  /** The next {@code bits} bits, at most 13; zeros behind the end. */
  private int peek(int bits) {
    int first = (int) (at >>> 3);
    int next = byteAt(first) << 16 | byteAt(first + 1) << 8 | byteAt(first + 2);
    return next >>> (24 - bits - (int) (at & 7)) & ((1 << bits) - 1);
  }

  private int byteAt(int index) {
    return index < data.length ? data[index] & 0xFF : 0;
  }

  private void skip(int bits, int y) throws IOException {
    at += bits;
    if (at > 8L * data.length) {
      throw new IOException("truncated Group 4 data: it ends in row %d of a strip".formatted(y));
    }
  }

  private static IOException corrupt(String what, int y) {
    return new IOException("corrupt Group 4 data: %s in row %d of a strip".formatted(what, y));
  }
}
