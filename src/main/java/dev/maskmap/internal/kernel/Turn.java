package dev.maskmap.internal.kernel;

/**
 * Where the elements of a turned array come from. A code of 0 to 7 says how it is turned: where bit
 * 4 is set it is mirrored left to right first, then it is turned {@code code & 3} quarter turns
 * counter-clockwise, as {@code numpy.rot90(numpy.fliplr(a), code & 3)}. Every one of them is a walk
 * through the array with two constant steps.
 */
public final class Turn {
  /** How many codes there are. */
  public static final int CODES = 8;

  private Turn() {}

  /** Returns whether height and width change places. */
  public static boolean isQuarter(int code) {
    return (code & 1) != 0;
  }

  /** Returns whether a walk along a row of the result begins at the last row or column. */
  private static boolean fromLastRow(int code) {
    return code == 2 || code == 3 || code == 6 || code == 7;
  }

  private static boolean fromLastColumn(int code) {
    return code == 1 || code == 2 || code == 4 || code == 7;
  }

  /** Returns the byte of element (0, 0) of the result in an array of {@code height x width}. */
  static long first(int code, int height, int width, long rowStride, long step) {
    return (fromLastRow(code) ? (height - 1) * rowStride : 0)
        + (fromLastColumn(code) ? (width - 1) * step : 0);
  }

  /** Returns how far the source is from one row of the result to the next. */
  static long down(int code, long rowStride, long step) {
    if (isQuarter(code)) {
      return fromLastColumn(code) ? -step : step;
    }
    return fromLastRow(code) ? -rowStride : rowStride;
  }

  /** Returns how far the source is from one column of the result to the next. */
  static long right(int code, long rowStride, long step) {
    if (isQuarter(code)) {
      return fromLastRow(code) ? -rowStride : rowStride;
    }
    return fromLastColumn(code) ? -step : step;
  }
}
