package dev.maskmap.cli.draw;

import dev.maskmap.Mask;
import dev.maskmap.Region;

/**
 * A rectangle of a mask divided into cells, each with its foreground pixels: what a picture shows
 * where one dot stands for many pixels. Counted when it is made; immutable.
 *
 * <p>A cell is on if at least half of its pixels are foreground. It is also on if any is and none
 * of the eight cells around it has three quarters: so thin lines and specks stay, and the edges of
 * large areas do not swell.
 */
final class CellGrid {
  private final int[] ys;
  private final int[] xs;
  private final long[] counts;

  private CellGrid(int[] ys, int[] xs, long[] counts) {
    this.ys = ys;
    this.xs = xs;
    this.counts = counts;
  }

  /**
   * Counts the cells of {@code mask} between {@code ys}, the rows where cells begin and the row
   * behind the last, and {@code xs}, the same of columns. The edges ascend and are not copied.
   *
   * @throws IndexOutOfBoundsException if a cell leaves the mask
   */
  static CellGrid of(Mask mask, int[] ys, int[] xs) {
    int columns = xs.length - 1;
    long[] counts = new long[Math.multiplyExact(ys.length - 1, columns)];
    for (int i = 0; i < counts.length; i++) {
      int y = ys[i / columns];
      int x = xs[i % columns];
      counts[i] = mask.count(Region.of(y, x, ys[i / columns + 1] - y, xs[i % columns + 1] - x));
    }
    return new CellGrid(ys, xs, counts);
  }

  /** The edges of {@code cells} cells, as equal as can be, over {@code length} pixels. */
  static int[] divide(int from, int length, int cells) {
    int[] edges = new int[cells + 1];
    for (int i = 0; i <= cells; i++) {
      edges[i] = from + Math.toIntExact(Math.ceilDiv((long) length * i, cells));
    }
    return edges;
  }

  /** The edges of cells of {@code step} pixels over {@code length}; the last may have fewer. */
  static int[] steps(int from, int length, int step) {
    int[] edges = new int[Math.ceilDiv(length, step) + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = from + (int) Math.min(length, (long) step * i);
    }
    return edges;
  }

  int rows() {
    return ys.length - 1;
  }

  int columns() {
    return xs.length - 1;
  }

  /** Foreground pixels of a cell. */
  long foreground(int row, int column) {
    return counts[row * columns() + column];
  }

  /** All pixels of a cell. */
  long pixels(int row, int column) {
    return (long) (ys[row + 1] - ys[row]) * (xs[column + 1] - xs[column]);
  }

  /** Whether a cell is on, by the rule above. */
  boolean isOn(int row, int column) {
    return hasQuarters(2, row, column)
        || (foreground(row, column) > 0 && !isBesideAnArea(row, column));
  }

  private boolean hasQuarters(int quarters, int row, int column) {
    return 4 * foreground(row, column) >= quarters * pixels(row, column);
  }

  private boolean isBesideAnArea(int row, int column) {
    for (int r = Math.max(0, row - 1); r <= Math.min(rows() - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(columns() - 1, column + 1); c++) {
        if (hasQuarters(3, r, c)) {
          return true;
        }
      }
    }
    return false;
  }
}
