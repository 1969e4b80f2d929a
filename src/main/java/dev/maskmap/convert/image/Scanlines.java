package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PackedMask;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns a mask packed down the columns into the rows that image files of one bit a pixel have:
 * eight pixels a byte from left to right, the leftmost in the most significant bit, each row from a
 * new byte on, bits past the width zero.
 */
final class Scanlines {
  /** Longer arrays do not exist in every Java. */
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Scanlines() {}

  /** Bytes of one row of {@code width} pixels. */
  static int rowBytes(int width) {
    return (width + 7) >>> 3;
  }

  /**
   * Returns the rows of {@code mask} from the top down.
   *
   * @param gap zero bytes before each row
   * @throws IllegalArgumentException if they do not fit one array
   */
  static byte[] of(PackedMask mask, int gap) {
    int stride = gap + rowBytes(mask.width());
    long bytes = (long) mask.height() * stride;
    if (bytes > MAX_ARRAY) {
      throw new IllegalArgumentException(
          "a mask of %d x %d pixels is too large for one image"
              .formatted(mask.height(), mask.width()));
    }
    byte[] lines = new byte[(int) bytes];
    for (int y = 0; y < mask.height(); y += 8) {
      int from = y / 8 * mask.width();
      int rows = Math.min(8, mask.height() - y);
      packedRow(mask, from, lines, y * stride + gap, stride, rows);
    }
    return lines;
  }

  /** One packed row becomes {@code rows} rows, {@code stride} bytes apart. */
  private static void packedRow(
      PackedMask mask, int from, byte[] lines, int to, int stride, int rows) {
    byte[] packed = mask.rows();
    int whole = mask.width() & ~7;
    for (int x = 0; x < whole; x += 8) {
      store(transpose((long) LONG.get(packed, from + x)), lines, to + x / 8, stride, rows);
    }
    int rest = mask.width() - whole;
    if (rest > 0) {
      long columns = 0;
      for (int i = 0; i < rest; i++) {
        columns |= (packed[from + whole + i] & 0xFFL) << (56 - 8 * i);
      }
      store(transpose(columns), lines, to + whole / 8, stride, rows);
    }
  }

  private static void store(long eightRows, byte[] lines, int to, int stride, int rows) {
    // The arrays are zero already, and most of a mask is background.
    if (eightRows != 0) {
      for (int k = 0; k < rows; k++) {
        lines[to + k * stride] = (byte) (eightRows >>> (56 - 8 * k));
      }
    }
  }

  /**
   * Transposes a matrix of 8 x 8 bits, a row a byte, the first row in the most significant one:
   * three rounds that swap single bits, then blocks of 2 x 2, then of 4 x 4 across the diagonal (H.
   * S. Warren, Hacker's Delight, section 7-3).
   */
  static long transpose(long rows) {
    long a = swap(rows, 7, 0x00AA00AA00AA00AAL);
    long b = swap(a, 14, 0x0000CCCC0000CCCCL);
    return swap(b, 28, 0x00000000F0F0F0F0L);
  }

  private static long swap(long bits, int distance, long which) {
    long differing = (bits ^ bits >>> distance) & which;
    return bits ^ differing ^ differing << distance;
  }
}
