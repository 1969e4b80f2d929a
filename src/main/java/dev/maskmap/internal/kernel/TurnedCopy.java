package dev.maskmap.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Copies arrays of elements of any size, mirrored and turned as {@link Turn} says. Both segments
 * are native memory of the caller and do not overlap; neither is a map of a file. Stateless, and
 * allocates nothing.
 */
public final class TurnedCopy {
  /** Rows and columns that are turned together: both sides of a tile stay in the cache. */
  private static final int TILE = 32;

  private TurnedCopy() {}

  /**
   * Copies {@code height x width} elements of {@code bytes} bytes each. The result is dense: row by
   * row, one directly behind the other, {@code width x height} elements where the turn is a quarter
   * one.
   *
   * @param fromRowStride bytes from one row of the source to the next
   * @param code as {@link Turn} says
   */
  public static void copy(
      MemorySegment from,
      long fromOffset,
      long fromRowStride,
      int height,
      int width,
      int bytes,
      int code,
      MemorySegment to,
      long toOffset) {
    long first = fromOffset + Turn.first(code, height, width, fromRowStride, bytes);
    long down = Turn.down(code, fromRowStride, bytes);
    long right = Turn.right(code, fromRowStride, bytes);
    if (Turn.isQuarter(code)) {
      quarter(from, first, down, right, width, height, bytes, to, toOffset);
      return;
    }
    long rowBytes = (long) width * bytes;
    for (int y = 0; y < height; y++) {
      long at = first + y * down;
      if (right > 0) {
        MemorySegment.copy(from, at, to, toOffset + y * rowBytes, rowBytes);
      } else {
        mirrored(from, at, width, bytes, to, toOffset + y * rowBytes);
      }
    }
  }

  /** Copies a row whose first element is the one at {@code at}, going back from there. */
  private static void mirrored(
      MemorySegment from, long at, int width, int bytes, MemorySegment to, long toOffset) {
    int x = 0;
    if (bytes == 1) {
      for (; x <= width - 8; x += 8) {
        long eight = from.get(JAVA_LONG_UNALIGNED, at - x - 7);
        to.set(JAVA_LONG_UNALIGNED, toOffset + x, Long.reverseBytes(eight));
      }
    }
    elements(
        from, at - (long) x * bytes, -bytes, width - x, bytes, to, toOffset + (long) x * bytes);
  }

  /**
   * Rows of the result are columns of the source.
   *
   * @param rows of the result
   * @param columns of the result
   */
  private static void quarter(
      MemorySegment from,
      long first,
      long down,
      long right,
      int rows,
      int columns,
      int bytes,
      MemorySegment to,
      long toOffset) {
    long rowBytes = (long) columns * bytes;
    for (int y = 0; y < rows; y += TILE) {
      int tileRows = Math.min(TILE, rows - y);
      for (int x = 0; x < columns; x += TILE) {
        int tileColumns = Math.min(TILE, columns - x);
        long at = first + y * down + x * right;
        long place = toOffset + y * rowBytes + (long) x * bytes;
        if (bytes == 1 && tileRows == TILE && tileColumns == TILE) {
          byteTile(from, at, down, right, to, place, rowBytes);
        } else {
          for (int r = 0; r < tileRows; r++) {
            elements(from, at + r * down, right, tileColumns, bytes, to, place + r * rowBytes);
          }
        }
      }
    }
  }

  private static void byteTile(
      MemorySegment from, long at, long down, long right, MemorySegment to, long place, long row) {
    for (int r = 0; r < TILE; r += 8) {
      for (int c = 0; c < TILE; c += 8) {
        eightByEight(from, at + r * down + c * right, down, right, to, place + r * row + c, row);
      }
    }
  }

  /**
   * Eight longs of the source become eight of the result. Where the result goes down while the
   * source goes back, the lowest byte of the source's longs is the last row.
   */
  private static void eightByEight(
      MemorySegment from, long at, long down, long right, MemorySegment to, long place, long row) {
    long begin = down > 0 ? at : at - 7;
    long a = from.get(JAVA_LONG_UNALIGNED, begin);
    long b = from.get(JAVA_LONG_UNALIGNED, begin + right);
    long c = from.get(JAVA_LONG_UNALIGNED, begin + 2 * right);
    long d = from.get(JAVA_LONG_UNALIGNED, begin + 3 * right);
    long e = from.get(JAVA_LONG_UNALIGNED, begin + 4 * right);
    long f = from.get(JAVA_LONG_UNALIGNED, begin + 5 * right);
    long g = from.get(JAVA_LONG_UNALIGNED, begin + 6 * right);
    long h = from.get(JAVA_LONG_UNALIGNED, begin + 7 * right);
    // Squares of four, of two, of one byte change places about the diagonal.
    long low = 0x0000_0000_FFFF_FFFFL;
    long swap = (a >>> 32 ^ e) & low;
    e ^= swap;
    a ^= swap << 32;
    swap = (b >>> 32 ^ f) & low;
    f ^= swap;
    b ^= swap << 32;
    swap = (c >>> 32 ^ g) & low;
    g ^= swap;
    c ^= swap << 32;
    swap = (d >>> 32 ^ h) & low;
    h ^= swap;
    d ^= swap << 32;
    low = 0x0000_FFFF_0000_FFFFL;
    swap = (a >>> 16 ^ c) & low;
    c ^= swap;
    a ^= swap << 16;
    swap = (b >>> 16 ^ d) & low;
    d ^= swap;
    b ^= swap << 16;
    swap = (e >>> 16 ^ g) & low;
    g ^= swap;
    e ^= swap << 16;
    swap = (f >>> 16 ^ h) & low;
    h ^= swap;
    f ^= swap << 16;
    low = 0x00FF_00FF_00FF_00FFL;
    swap = (a >>> 8 ^ b) & low;
    b ^= swap;
    a ^= swap << 8;
    swap = (c >>> 8 ^ d) & low;
    d ^= swap;
    c ^= swap << 8;
    swap = (e >>> 8 ^ f) & low;
    f ^= swap;
    e ^= swap << 8;
    swap = (g >>> 8 ^ h) & low;
    h ^= swap;
    g ^= swap << 8;
    long top = down > 0 ? place : place + 7 * row;
    long next = down > 0 ? row : -row;
    to.set(JAVA_LONG_UNALIGNED, top, a);
    to.set(JAVA_LONG_UNALIGNED, top + next, b);
    to.set(JAVA_LONG_UNALIGNED, top + 2 * next, c);
    to.set(JAVA_LONG_UNALIGNED, top + 3 * next, d);
    to.set(JAVA_LONG_UNALIGNED, top + 4 * next, e);
    to.set(JAVA_LONG_UNALIGNED, top + 5 * next, f);
    to.set(JAVA_LONG_UNALIGNED, top + 6 * next, g);
    to.set(JAVA_LONG_UNALIGNED, top + 7 * next, h);
  }

  /** Copies {@code count} elements that lie {@code step} bytes apart, dense. */
  static void elements(
      MemorySegment from,
      long at,
      long step,
      int count,
      int bytes,
      MemorySegment to,
      long toOffset) {
    switch (bytes) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          to.set(JAVA_BYTE, toOffset + i, from.get(JAVA_BYTE, at + i * step));
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          short element = from.get(JAVA_SHORT_UNALIGNED, at + i * step);
          to.set(JAVA_SHORT_UNALIGNED, toOffset + 2L * i, element);
        }
      }
      case 3 -> {
        for (int i = 0; i < count; i++) {
          long source = at + i * step;
          short begin = from.get(JAVA_SHORT_UNALIGNED, source);
          byte end = from.get(JAVA_BYTE, source + 2);
          to.set(JAVA_SHORT_UNALIGNED, toOffset + 3L * i, begin);
          to.set(JAVA_BYTE, toOffset + 3L * i + 2, end);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          int element = from.get(JAVA_INT_UNALIGNED, at + i * step);
          to.set(JAVA_INT_UNALIGNED, toOffset + 4L * i, element);
        }
      }
      case 5, 6, 7 -> {
        for (int i = 0; i < count; i++) {
          long source = at + i * step;
          int begin = from.get(JAVA_INT_UNALIGNED, source);
          int end = from.get(JAVA_INT_UNALIGNED, source + bytes - 4);
          to.set(JAVA_INT_UNALIGNED, toOffset + (long) bytes * i, begin);
          to.set(JAVA_INT_UNALIGNED, toOffset + (long) bytes * i + bytes - 4, end);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          long source = at + i * step;
          long place = toOffset + (long) bytes * i;
          for (int b = 0; b < bytes - 8; b += 8) {
            to.set(JAVA_LONG_UNALIGNED, place + b, from.get(JAVA_LONG_UNALIGNED, source + b));
          }
          // Overlaps the one before, where they are not whole longs.
          long end = from.get(JAVA_LONG_UNALIGNED, source + bytes - 8);
          to.set(JAVA_LONG_UNALIGNED, place + bytes - 8, end);
        }
      }
    }
  }
}
