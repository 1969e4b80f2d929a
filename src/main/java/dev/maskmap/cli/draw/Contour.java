package dev.maskmap.cli.draw;

import dev.maskmap.Mask;
import dev.maskmap.Region;

/**
 * The outline of a mask's foreground in a part of it: the foreground pixels that have background
 * above, below, left or right of them, and around these the background pixels that have foreground
 * there. What lies outside the mask is background; what lies outside the part is looked at.
 */
final class Contour {
  /** Neither. */
  static final byte NONE = 0;

  /** Foreground at its border. */
  static final byte LINE = 1;

  /** Background beside foreground. */
  static final byte EDGE = 2;

  private final CellGrid cells;

  private Contour(CellGrid cells) {
    this.cells = cells;
  }

  /**
   * Returns what each pixel is, row by row, where one stands for {@code factor} by {@code factor}
   * and counts as foreground by the rule of {@link CellGrid}.
   */
  static byte[] of(Mask mask, Region region, int factor) {
    int[] ys = edges(region.y(), region.height(), mask.height(), factor);
    int[] xs = edges(region.x(), region.width(), mask.width(), factor);
    Contour contour = new Contour(CellGrid.of(mask, ys, xs));
    int above = region.y() > 0 ? 1 : 0;
    int before = region.x() > 0 ? 1 : 0;
    int width = Math.ceilDiv(region.width(), factor);
    byte[] kinds = new byte[Math.ceilDiv(region.height(), factor) * width];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = contour.kind(above + i / width, before + i % width);
    }
    return kinds;
  }

  /** The edges of the cells, and of one more at either end if the mask goes on there. */
  private static int[] edges(int from, int length, int end, int factor) {
    int[] inner = CellGrid.steps(from, length, factor);
    int before = from > 0 ? 1 : 0;
    int after = from + length < end ? 1 : 0;
    int[] edges = new int[before + inner.length + after];
    System.arraycopy(inner, 0, edges, before, inner.length);
    if (before > 0) {
      edges[0] = Math.max(0, from - factor);
    }
    if (after > 0) {
      edges[edges.length - 1] = (int) Math.min(end, (long) from + length + factor);
    }
    return edges;
  }

  private byte kind(int row, int column) {
    boolean on = isOn(row, column);
    boolean border =
        on != isOn(row - 1, column)
            || on != isOn(row + 1, column)
            || on != isOn(row, column - 1)
            || on != isOn(row, column + 1);
    if (!border) {
      return NONE;
    }
    return on ? LINE : EDGE;
  }

  private boolean isOn(int row, int column) {
    return row >= 0
        && column >= 0
        && row < cells.rows()
        && column < cells.columns()
        && cells.isOn(row, column);
  }
}
