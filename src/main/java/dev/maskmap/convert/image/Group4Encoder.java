package dev.maskmap.convert.image;

import java.io.ByteArrayOutputStream;

/**
 * Encodes rows of one bit a pixel as CCITT Group 4 (ITU-T T.6): each change of colour by its place
 * relative to the row above. Our own, because the encoder of ImageIO takes ten times as long.
 */
final class Group4Encoder {
  private static final int END_OF_LINE = 1;
  private static final int END_OF_LINE_BITS = 12;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 12);
  private long buffer;
  private int pending;

  private Group4Encoder() {}

  /**
   * Returns the data of one strip.
   *
   * @param lines rows of {@code ceil(width / 8)} bytes, the leftmost pixel in the most significant
   *     bit; set bits are black
   */
  static byte[] encode(byte[] lines, int height, int width) {
    Group4Encoder encoder = new Group4Encoder();
    FaxRow above = new FaxRow(width);
    FaxRow row = new FaxRow(width);
    int rowBytes = Scanlines.rowBytes(width);
    for (int y = 0; y < height; y++) {
      row.read(lines, y * rowBytes);
      encoder.row(row, above, width);
      FaxRow done = above;
      above = row;
      row = done;
    }
    encoder.put(END_OF_LINE, END_OF_LINE_BITS);
    encoder.put(END_OF_LINE, END_OF_LINE_BITS);
    encoder.put(0, 7 - (encoder.pending + 7) % 8);
    return encoder.out.toByteArray();
  }

  private void row(FaxRow row, FaxRow above, int width) {
    int x = -1;
    // The changes of the row that are coded; their parity is the colour.
    int i = 0;
    while (x < width) {
      boolean black = (i & 1) == 1;
      int b = above.next(x, black);
      int shift = row.at(i) - above.at(b);
      if (above.at(b + 1) < row.at(i)) {
        put(FaxMode.PASS);
        x = above.at(b + 1);
      } else if (shift >= -3 && shift <= 3) {
        put(FaxMode.vertical(shift));
        x = row.at(i++);
      } else {
        put(FaxMode.HORIZONTAL);
        run(row.at(i) - Math.max(x, 0), black);
        run(row.at(i + 1) - row.at(i), !black);
        x = row.at(i + 1);
        i += 2;
      }
    }
  }

  private void run(int pixels, boolean black) {
    FaxCodes codes = black ? FaxCodes.BLACK : FaxCodes.WHITE;
    int rest = pixels;
    while (rest >= FaxCodes.STEP) {
      int part = Math.min(rest, FaxCodes.MAX_RUN) / FaxCodes.STEP * FaxCodes.STEP;
      put(codes, FaxCodes.index(part));
      rest -= part;
    }
    put(codes, FaxCodes.index(rest));
  }

  private void put(FaxCodes codes, int index) {
    put(codes.code(index), codes.bits(index));
  }

  private void put(FaxMode mode) {
    put(mode.code, mode.bits);
  }

  private void put(int code, int bits) {
    buffer = buffer << bits | code;
    pending += bits;
    while (pending >= 8) {
      pending -= 8;
      out.write((int) (buffer >>> pending));
    }
  }
}
