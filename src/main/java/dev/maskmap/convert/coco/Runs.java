package dev.maskmap.convert.coco;

/**
 * Runs of pixels down the columns: pixel {@code (y, x)} has the position {@code x * height + y}, as
 * in COCO's run-length encoding. Stateless.
 */
final class Runs {
  private Runs() {}

  /** Hears of each run of a mask, in order; the first is background, perhaps empty. */
  @FunctionalInterface
  interface Sink {
    /** One more run of {@code length} equal pixels. */
    void run(int length);
  }

  /**
   * Sets the pixels of one run.
   *
   * @param rows packed down the columns, {@code ceil(height / 8) * width} bytes
   * @param start the position of the first pixel
   * @param length pixels, perhaps none; the run must end within the mask
   */
  static void fill(byte[] rows, int height, int width, int start, int length) {
    int x = start / height;
    int y = start % height;
    int rest = length;
    while (rest > 0) {
      int taken = Math.min(rest, height - y);
      fillColumn(rows, width, x, y, y + taken);
      rest -= taken;
      x++;
      y = 0;
    }
  }

  /** Sets the rows from {@code top} up to {@code bottom}, exclusive, of column {@code x}. */
  private static void fillColumn(byte[] rows, int width, int x, int top, int bottom) {
    int at = (top >> 3) * width + x;
    int last = ((bottom - 1) >> 3) * width + x;
    int head = 0xFF >> (top & 7);
    int tail = 0xFF << (7 - ((bottom - 1) & 7));
    if (at == last) {
      rows[at] |= (byte) (head & tail);
      return;
    }
    rows[at] |= (byte) head;
    for (at += width; at < last; at += width) {
      rows[at] = (byte) 0xFF;
    }
    rows[last] |= (byte) tail;
  }

  /** Gives all runs of a mask to {@code sink}: background and foreground in turn. */
  static void each(byte[] rows, int height, int width, Sink sink) {
    int value = 0;
    int length = 0;
    for (int x = 0; x < width; x++) {
      for (int y = 0, at = x; y < height; y += 8, at += width) {
        int bits = Math.min(8, height - y);
        int pixels = rows[at] & 0xFF;
        while (bits > 0) {
          // Pixels equal to the running value become zeros, which one instruction counts.
          int differ = (value == 0 ? pixels : ~pixels) & 0xFF;
          int equal = Math.min(bits, Integer.numberOfLeadingZeros(differ << 24));
          length += equal;
          bits -= equal;
          pixels <<= equal;
          if (bits > 0) {
            sink.run(length);
            length = 0;
            value ^= 1;
          }
        }
      }
    }
    sink.run(length);
  }
}
