package dev.maskmap.convert;

import dev.maskmap.convert.pixels.BitSquare;
import dev.maskmap.convert.pixels.PixelValues;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * From bits along the rows to bits down the columns: blocks of 8 rows and 8 columns, each one long,
 * are turned about their diagonal.
 */
final class BitColumns {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final PixelValues.Bits bits;
  private final int rowBytes;
  private final byte[] out;

  private BitColumns(PixelValues.Bits bits) {
    this.bits = bits;
    this.rowBytes = (bits.width() + 7) / 8;
    this.out = new byte[(bits.height() + 7) / 8 * bits.width()];
  }

  /**
   * Packs {@code bits} down the columns. Bits past the height are zero.
   *
   * @param zero whether pixels of value 0 are foreground
   * @param one whether pixels of value 1 are foreground
   */
  static byte[] pack(PixelValues.Bits bits, boolean zero, boolean one) {
    BitColumns columns = new BitColumns(bits);
    if (zero != one) {
      columns.turnAll();
    }
    if (zero) {
      columns.invert();
    }
    return columns.out;
  }

  private void turnAll() {
    for (int y = 0, to = 0; y < bits.height(); y += 8, to += bits.width()) {
      int rows = Math.min(8, bits.height() - y);
      int from = y * rowBytes;
      int at = 0;
      if (rows == 8) {
        at = turnUniform(from, to);
      }
      turn(from, rows, at, rowBytes, to);
    }
  }

  /**
   * Turns eight whole rows, 64 columns at a time, as most blocks of a mask are of one value.
   * Returns the byte of a row from which there are fewer.
   */
  private int turnUniform(int from, int to) {
    byte[] rows = bits.rows();
    int at = 0;
    for (; 8 * at <= bits.width() - 64; at += 8) {
      long any = 0;
      long all = -1;
      for (int row = 0, i = from + at; row < 8; row++, i += rowBytes) {
        long found = (long) LONG.get(rows, i);
        any |= found;
        all &= found;
      }
      if (all == -1) {
        Arrays.fill(out, to + 8 * at, to + 8 * at + 64, (byte) -1);
      } else if (any != 0) {
        turn(from, 8, at, at + 8, to);
      }
    }
    return at;
  }

  private void turn(int from, int rows, int first, int end, int to) {
    byte[] packed = bits.rows();
    for (int at = first; at < end; at++) {
      long block = 0;
      for (int row = 0, i = from + at; row < rows; row++, i += rowBytes) {
        block |= (packed[i] & 0xFFL) << (56 - 8 * row);
      }
      if (block != 0) {
        write(BitSquare.transpose(block), to + 8 * at, Math.min(8, bits.width() - 8 * at));
      }
    }
  }

  private void write(long columns, int to, int count) {
    if (count == 8) {
      LONG.set(out, to, columns);
      return;
    }
    // The last columns; what stands past the width is not a pixel.
    for (int i = 0; i < count; i++) {
      out[to + i] = (byte) (columns >>> (56 - 8 * i));
    }
  }

  /** Background becomes foreground; bits past the height stay zero. */
  private void invert() {
    int last = out.length - bits.width();
    for (int i = 0; i < last; i++) {
      out[i] = (byte) ~out[i];
    }
    int pixels = 0xFF << (7 - (bits.height() - 1) % 8);
    for (int i = last; i < out.length; i++) {
      out[i] = (byte) (~out[i] & pixels);
    }
  }

  /** Returns how many of the bits are set. */
  static long count(PixelValues.Bits bits) {
    int rowBytes = (bits.width() + 7) / 8;
    int lastByte = 0xFF << (7 - (bits.width() - 1) % 8);
    long count = 0;
    for (int y = 0; y < bits.height(); y++) {
      int end = (y + 1) * rowBytes - 1;
      count += count(bits.rows(), y * rowBytes, end);
      count += Integer.bitCount(bits.rows()[end] & lastByte & 0xFF);
    }
    return count;
  }

  /** Returns how many bits of the bytes {@code from} to {@code end}, excluded, are set. */
  static long count(byte[] bytes, int from, int end) {
    long count = 0;
    int i = from;
    for (; i <= end - 8; i += 8) {
      count += Long.bitCount((long) LONG.get(bytes, i));
    }
    for (; i < end; i++) {
      count += Integer.bitCount(bytes[i] & 0xFF);
    }
    return count;
  }
}
