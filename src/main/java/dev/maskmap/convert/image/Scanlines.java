package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.BitSquare;
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
      store(
          BitSquare.transpose((long) LONG.get(packed, from + x)), lines, to + x / 8, stride, rows);
    }
    int rest = mask.width() - whole;
    if (rest > 0) {
      long columns = 0;
      for (int i = 0; i < rest; i++) {
        columns |= (packed[from + whole + i] & 0xFFL) << (56 - 8 * i);
      }
      store(BitSquare.transpose(columns), lines, to + whole / 8, stride, rows);
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
}
