package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelValues;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.DoublePredicate;

/**
 * From the values of an image to a mask packed down the columns, without a byte a pixel in between.
 * Masks are mostly areas of one value, so blocks of 8 x 8 pixels of one value are told at a glance.
 * Bits past the height are zero.
 */
final class ColumnPacking {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private ColumnPacking() {}

  /** Packs the pixels of {@code image} whose value passes the test. */
  static PackedMask pack(DecodedImage image, DoublePredicate foreground) {
    int height = image.height();
    int width = image.width();
    byte[] rows =
        switch (image.values()) {
          case PixelValues.Bits bits ->
              BitColumns.pack(bits, foreground.test(0), foreground.test(1));
          case PixelValues.Narrow(byte[] bytes) -> narrow(bytes, height, width, table(foreground));
          case PixelValues.Wide(int[] ints) -> wide(ints, height, width, foreground);
          case PixelValues.Reals(double[] numbers) -> reals(numbers, height, width, foreground);
        };
    return new PackedMask(height, width, rows, image.note());
  }

  private static byte[] table(DoublePredicate foreground) {
    byte[] table = new byte[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = (byte) (foreground.test(value) ? 1 : 0);
    }
    return table;
  }

  /**
   * Packs bytes.
   *
   * @param table 1 for each value that is foreground, 0 for the others
   */
  static byte[] narrow(byte[] values, int height, int width, byte[] table) {
    byte[] out = new byte[(height + 7) / 8 * width];
    for (int y = 0, to = 0; y < height; y += 8, to += width) {
      int rows = Math.min(8, height - y);
      if (rows == 8) {
        eightRows(values, y * width, width, table, out, to);
      } else {
        someRows(values, y * width, rows, 0, width, width, table, out, to);
      }
    }
    return out;
  }

  private static void eightRows(
      byte[] values, int from, int width, byte[] table, byte[] out, int to) {
    int x = 0;
    for (; x <= width - 8; x += 8) {
      long first = (long) LONG.get(values, from + x);
      // Zero where all 64 pixels are alike.
      long differs = first ^ Long.rotateLeft(first, 8);
      for (int row = 1, at = from + x + width; row < 8; row++, at += width) {
        differs |= first ^ (long) LONG.get(values, at);
      }
      if (differs != 0) {
        someRows(values, from, 8, x, x + 8, width, table, out, to);
      } else if (table[(int) first & 0xFF] != 0) {
        LONG.set(out, to + x, -1L);
      }
    }
    someRows(values, from, 8, x, width, width, table, out, to);
  }

  /** Packs columns {@code x} to {@code end} of up to eight rows. */
  private static void someRows(
      byte[] values,
      int from,
      int rows,
      int x,
      int end,
      int width,
      byte[] table,
      byte[] out,
      int to) {
    for (; x < end; x++) {
      int bits = 0;
      for (int row = 0, at = from + x; row < rows; row++, at += width) {
        bits |= table[values[at] & 0xFF] << (7 - row);
      }
      out[to + x] = (byte) bits;
    }
  }

  private static byte[] wide(int[] values, int height, int width, DoublePredicate foreground) {
    byte[] out = new byte[(height + 7) / 8 * width];
    for (int y = 0, row = 0; y < height; y++, row += width) {
      for (int x = 0, end; x < width; x = end) {
        end = Runs.end(values, row + x, row + width) - row;
        if (foreground.test(values[row + x])) {
          set(out, (y >> 3) * width, x, end, 0x80 >> (y & 7));
        }
      }
    }
    return out;
  }

  private static byte[] reals(double[] values, int height, int width, DoublePredicate foreground) {
    byte[] out = new byte[(height + 7) / 8 * width];
    for (int y = 0, row = 0; y < height; y++, row += width) {
      for (int x = 0, end; x < width; x = end) {
        end = Runs.end(values, row + x, row + width) - row;
        if (foreground.test(values[row + x])) {
          set(out, (y >> 3) * width, x, end, 0x80 >> (y & 7));
        }
      }
    }
    return out;
  }

  private static void set(byte[] out, int packedRow, int x, int end, int bit) {
    for (int i = packedRow + x; i < packedRow + end; i++) {
      out[i] |= (byte) bit;
    }
  }
}
