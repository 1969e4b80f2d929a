package dev.maskmap.convert.image;

import java.util.Arrays;

/**
 * The changes of colour in a row of a fax image, from left to right: the first to black, the second
 * to white, and so on. Behind the last stands the width, as if the paper ended in both colours.
 */
final class FaxRow {
  private static final int ENDS = 3;

  private final int width;
  private final int[] changes;
  private int count;
  // Where the last search ended: searches of a row go from left to right.
  private int from;

  /** A white row. */
  FaxRow(int width) {
    this.width = width;
    this.changes = new int[width + ENDS];
    end();
  }

  void clear() {
    count = 0;
    from = 0;
  }

  /**
   * Adds a change at {@code x}, not left of the last. At the width there is none, and two at one
   * place are none.
   */
  void add(int x) {
    if (count > 0 && changes[count - 1] == x) {
      count--;
    } else if (x < width) {
      changes[count++] = x;
    }
  }

  /** Says that there are no more changes. */
  void end() {
    Arrays.fill(changes, count, count + ENDS, width);
  }

  int count() {
    return count;
  }

  int at(int index) {
    return changes[index];
  }

  /**
   * Returns the index of the first change right of {@code x} from {@code black} to the other
   * colour, or one of the ends. The calls for one row go from left to right.
   *
   * @param x -1 before the row's first pixel
   */
  int next(int x, boolean black) {
    int i = Math.max(0, from - 2);
    i += (i & 1) == (black ? 1 : 0) ? 0 : 1;
    while (changes[i] <= x && changes[i] < width) {
      i += 2;
    }
    from = i;
    return i;
  }

  /** Takes the changes of a row of one bit a pixel, black where a bit is set. */
  void read(byte[] bits, int at) {
    clear();
    int color = 0;
    for (int x = 0; x < width; x += 8) {
      int eight = (bits[at + x / 8] ^ color) & 0xFF;
      // Where nothing changes all eight are as the last, and most of a mask is so.
      while (eight != 0) {
        int bit = Integer.numberOfLeadingZeros(eight) - 24;
        if (x + bit >= width) {
          break;
        }
        add(x + bit);
        color = ~color;
        eight = ~eight & (0xFF >> bit);
      }
    }
    end();
  }

  /** Sets the bits of the black runs in a row that is white. */
  void write(byte[] bits, int at) {
    for (int i = 0; i < count; i += 2) {
      int end = changes[i + 1];
      for (int x = changes[i]; x < end; ) {
        if ((x & 7) == 0 && x + 8 <= end) {
          bits[at + x / 8] = (byte) 0xFF;
          x += 8;
        } else {
          bits[at + x / 8] |= (byte) (0x80 >> (x & 7));
          x++;
        }
      }
    }
  }
}
