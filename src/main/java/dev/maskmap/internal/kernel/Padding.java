package dev.maskmap.internal.kernel;

import java.lang.foreign.MemorySegment;

/** Fills what of an array lies below and right of the rows and columns that are given. */
public final class Padding {
  private Padding() {}

  /**
   * Fills with zeros.
   *
   * @param to dense array of {@code height x width} elements in memory of the caller, of which the
   *     first {@code validHeight x validWidth} are given
   * @param bytes of an element
   */
  public static void zero(
      MemorySegment to,
      long offset,
      int height,
      int width,
      int validHeight,
      int validWidth,
      int bytes) {
    long rowBytes = (long) width * bytes;
    long validBytes = (long) validWidth * bytes;
    for (int y = 0; y < validHeight; y++) {
      zero(to, offset + y * rowBytes + validBytes, rowBytes - validBytes);
    }
    zero(to, offset + validHeight * rowBytes, (height - validHeight) * rowBytes);
  }

  private static void zero(MemorySegment to, long offset, long bytes) {
    for (long at = 0, n; at < bytes; at += n) {
      n = Math.min(Zeros.BYTES, bytes - at);
      MemorySegment.copy(Zeros.SEGMENT, 0, to, offset + at, n);
    }
  }

  /** A segment cannot be filled in part without making a slice of it. */
  private static final class Zeros {
    static final int BYTES = 1 << 12;
    static final MemorySegment SEGMENT = MemorySegment.ofArray(new byte[BYTES]);
  }

  /**
   * Fills with what is there, mirrored at the last row and column, which are not repeated, as often
   * as it takes: as {@code numpy.pad} with {@code mode="reflect"}. A single row or column is
   * repeated.
   *
   * @param to as in {@link #zero}
   */
  public static void reflect(
      MemorySegment to,
      long offset,
      int height,
      int width,
      int validHeight,
      int validWidth,
      int bytes) {
    long rowBytes = (long) width * bytes;
    for (int y = 0; y < validHeight; y++) {
      long row = offset + y * rowBytes;
      for (int x = validWidth; x < width; x++) {
        long from = row + (long) mirrored(x, validWidth) * bytes;
        TurnedCopy.elements(to, from, bytes, 1, bytes, to, row + (long) x * bytes);
      }
    }
    for (int y = validHeight; y < height; y++) {
      long from = offset + mirrored(y, validHeight) * rowBytes;
      MemorySegment.copy(to, from, to, offset + y * rowBytes, rowBytes);
    }
  }

  /** The place among {@code size} that place {@code i} of a row that goes to and fro shows. */
  static int mirrored(int i, int size) {
    if (size == 1) {
      return 0;
    }
    int place = (int) (i % (2L * size - 2));
    return Math.min(place, 2 * size - 2 - place);
  }
}
