package dev.maskmap.convert.coco;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Fills polygons as the COCO API does, pixel for pixel. Followed is {@code rleFrPoly} of {@code
 * common/maskApi.c} in github.com/cocodataset/cocoapi, in its effect; the code is our own.
 *
 * <p>There, corners are rounded on a grid of five points a pixel, and each edge becomes a chain of
 * grid points. Where the chain steps from grid column {@code 5x + 2} to the next or back, which is
 * the middle of pixel column {@code x}, it crosses that column at the upper of the two points, and
 * the pixel below toggles the filling. The places of all crossings, as positions down the columns,
 * are sorted and become run lengths; two in one place cancel.
 *
 * <p>Here no chain is stored and nothing is sorted: the crossings of an edge are computed from its
 * ends, and each flips one bit of a bitmap. The mask is then the running parity of those bits, down
 * the columns and, as the sorted positions know no columns, from the foot of one to the head of the
 * next. So the time grows with the columns that edges cross within the image, not with their
 * length; a corner a million pixels away costs nothing more.
 *
 * <p>Used by one thread.
 */
final class PolygonRaster {
  /** Corners up to here keep the reference's own 32-bit arithmetic from overflowing. */
  static final double MAX_COORDINATE = 1 << 27;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final int SCALE = 5;
  private static final int MIDDLE = 2;

  /** Some seconds of work. */
  private static final long MAX_CROSSINGS = 1L << 28;

  private final int height;
  private final int width;

  /** Crossings, one bit each, in the layout of a packed mask; zero between two calls. */
  private final byte[] flips;

  /** Crossings in each column, modulo 2; zero between two calls. */
  private final byte[] odd;

  /** The columns and the packed rows that crossings lie in. */
  private int first;

  private int last;
  private int top;
  private int bottom;

  /** A raster for polygons on an image of this size. */
  PolygonRaster(int height, int width) {
    this.height = height;
    this.width = width;
    this.flips = new byte[(height + 7) / 8 * width];
    this.odd = new byte[width];
  }

  /**
   * Adds the pixels of one polygon to a mask.
   *
   * @param rows the mask, packed down the columns
   * @param corners x and y in turn, finite and at most {@link #MAX_COORDINATE} from 0
   * @param count numbers in {@code corners} that count, even
   * @throws IOException if its edges cross columns of the image more than 2^28 times
   */
  void fill(byte[] rows, double[] corners, int count) throws IOException {
    checkWork(corners, count);
    first = width;
    last = -1;
    top = Integer.MAX_VALUE;
    bottom = 0;
    int x = grid(corners[count - 2]);
    int y = grid(corners[count - 1]);
    for (int at = 0; at < count; at += 2) {
      int nextX = grid(corners[at]);
      int nextY = grid(corners[at + 1]);
      edge(x, y, nextX, nextY);
      x = nextX;
      y = nextY;
    }
    if (last >= 0) {
      merge(rows);
    }
  }

  private void checkWork(double[] corners, int count) throws IOException {
    long crossings = 0;
    for (int at = 0; at < count; at += 2) {
      double before = corners[at == 0 ? count - 2 : at - 2];
      crossings += (long) Math.min(width, Math.abs(corners[at] - before)) + 1;
    }
    if (crossings > MAX_CROSSINGS) {
      throw new IOException(
          "a polygon of %d points crosses columns of the image %d times, more than %d"
              .formatted(count / 2, crossings, MAX_CROSSINGS));
    }
  }

  /** Rounds as the reference: half up for positive numbers, and towards zero after adding half. */
  private static int grid(double coordinate) {
    return (int) (SCALE * coordinate + .5);
  }

  /** Which end comes first does not matter: the chain goes from left to right, or down. */
  private void edge(int x0, int y0, int x1, int y1) {
    int dx = Math.abs(x1 - x0);
    int dy = Math.abs(y1 - y0);
    if (dx == 0) {
      return;
    }
    if (dx >= dy) {
      if (x0 < x1) {
        flatEdge(x0, y0, dx, (double) (y1 - y0) / dx);
      } else {
        flatEdge(x1, y1, dx, (double) (y0 - y1) / dx);
      }
    } else if (y0 < y1) {
      steepEdge(x0, y0, dy, x1, (double) (x1 - x0) / dy);
    } else {
      steepEdge(x1, y1, dy, x0, (double) (x0 - x1) / dy);
    }
  }

  /** One grid point in each grid column: from x0 on, {@code dx} steps to the right. */
  private void flatEdge(int x0, int y0, int dx, double slope) {
    int from = firstColumn(x0);
    int to = lastColumn(x0 + dx);
    for (int column = from; column <= to; column++) {
      int step = column * SCALE + MIDDLE - x0;
      int here = (int) (y0 + slope * step + .5);
      int next = (int) (y0 + slope * (step + 1) + .5);
      cross(column, Math.min(here, next));
    }
  }

  /** One grid point in each grid row: from y0 on, {@code dy} steps down, from x0 to x1. */
  private void steepEdge(int x0, int y0, int dy, int x1, double slope) {
    int from = firstColumn(Math.min(x0, x1));
    int to = lastColumn(Math.max(x0, x1));
    for (int column = from; column <= to; column++) {
      int left = column * SCALE + MIDDLE;
      int step = slope > 0 ? lastUpTo(left, x0, slope, dy) : lastFrom(left + 1, x0, slope, dy);
      cross(column, y0 + step);
    }
  }

  /** The last step of an edge to the right whose grid column is {@code left} or before it. */
  private static int lastUpTo(int left, int x0, double slope, int dy) {
    int step = clamp((left + .5 - x0) / slope, dy);
    while (step > 0 && (int) (x0 + slope * step + .5) > left) {
      step--;
    }
    while (step < dy && (int) (x0 + slope * (step + 1) + .5) <= left) {
      step++;
    }
    return step;
  }

  /** The last step of an edge to the left whose grid column is {@code right} or behind it. */
  private static int lastFrom(int right, int x0, double slope, int dy) {
    int step = clamp((right - .5 - x0) / slope, dy);
    while (step > 0 && (int) (x0 + slope * step + .5) < right) {
      step--;
    }
    while (step < dy && (int) (x0 + slope * (step + 1) + .5) >= right) {
      step++;
    }
    return step;
  }

  /** The guess is off by rounding only: the two loops after it take a few steps at most. */
  private static int clamp(double step, int dy) {
    return (int) Math.max(0, Math.min(dy, step));
  }

  /** The first pixel column whose middle is at grid column {@code x} or to the right of it. */
  private static int firstColumn(int x) {
    return x <= MIDDLE ? 0 : (x - MIDDLE + SCALE - 1) / SCALE;
  }

  /** The last pixel column of the image of whose middle a chain that ends at {@code x} is right. */
  private int lastColumn(int x) {
    return x <= MIDDLE ? -1 : Math.min(width - 1, (x - MIDDLE - 1) / SCALE);
  }

  /** Notes that an edge crosses {@code column}: the first pixel below grid row {@code y} flips. */
  private void cross(int column, int y) {
    double middle = (y + .5) / SCALE - .5;
    int row = (int) Math.ceil(Math.max(0, Math.min(height, middle)));
    // The position below the foot of a column is the head of the next; behind the last is nothing.
    if (row < height) {
      flip(row, column);
    } else if (column + 1 < width) {
      flip(0, column + 1);
    }
  }

  private void flip(int row, int column) {
    flips[(row >> 3) * width + column] ^= (byte) (0x80 >> (row & 7));
    odd[column] ^= 1;
    first = Math.min(first, column);
    last = Math.max(last, column);
    top = Math.min(top, row >> 3);
    bottom = Math.max(bottom, row >> 3);
  }

  private void merge(byte[] rows) {
    boolean even = spreadParity();
    int packedRows = (height + 7) / 8;
    // Where every column has an even number of crossings there is nothing outside their rows.
    int from = even ? top : 0;
    int to = even ? bottom : packedRows - 1;
    for (int row = from; row <= to; row++) {
      mergeRow(rows, row * width, row + 1 < packedRows ? 0xFF : 0xFF << (-height & 7));
    }
    Arrays.fill(odd, first, last + 1, (byte) 0);
  }

  /**
   * Turns the parity of each column into the parity of all columns before it, in all bits, and says
   * whether all columns are even. An odd one fills all columns behind it up to the next.
   */
  private boolean spreadParity() {
    int carry = 0;
    int any = 0;
    for (int x = first; x <= last || (carry != 0 && x < width); x++) {
      int before = carry;
      carry ^= odd[x] == 0 ? 0 : 0xFF;
      any |= carry;
      odd[x] = (byte) before;
      last = Math.max(last, x);
    }
    return any == 0;
  }

  /** From here on {@code odd} holds, for each column, the parity above this row, in all bits. */
  private void mergeRow(byte[] rows, int start, int valid) {
    int x = first;
    for (; x + 8 <= last + 1; x += 8) {
      long parity = runningParity((long) EIGHT.get(flips, start + x)) ^ (long) EIGHT.get(odd, x);
      long pixels = parity & (valid & 0xFF) * ONES;
      EIGHT.set(rows, start + x, (long) EIGHT.get(rows, start + x) | pixels);
      EIGHT.set(odd, x, (parity & ONES) * 0xFF);
      EIGHT.set(flips, start + x, 0L);
    }
    for (; x <= last; x++) {
      int parity = (int) (runningParity(flips[start + x] & 0xFF) ^ odd[x]);
      rows[start + x] |= (byte) (parity & valid);
      odd[x] = (byte) -(parity & 1);
      flips[start + x] = 0;
    }
  }

  /** In each of eight bytes, each bit becomes the parity of itself and those above it. */
  private static long runningParity(long bytes) {
    long parity = bytes;
    parity ^= parity >>> 1 & 0x7F * ONES;
    parity ^= parity >>> 2 & 0x3F * ONES;
    parity ^= parity >>> 4 & 0x0F * ONES;
    return parity;
  }
}
