package dev.maskmap.cli;

import java.util.List;

/**
 * Where things are on a contact sheet, in pixels.
 *
 * @param columns tiles in a row
 * @param rows rows of tiles
 * @param cellWidth a tile without its border, or what its label needs
 * @param cellHeight a tile without its border
 * @param factor pixels of a patch, along each axis, that one pixel of its tile stands for
 */
record SheetLayout(int columns, int rows, int cellWidth, int cellHeight, int factor) {
  /** Around the sheet and between tiles. */
  static final int MARGIN = 20;

  static final int BORDER = 1;
  static final int LABEL_SCALE = 2;
  static final int LINE_HEIGHT = (PixelFont.HEIGHT + 3) * LABEL_SCALE;

  /** Above each line of a label. */
  static final int LABEL_GAP = 3 * LABEL_SCALE;

  /** Narrower cells could not hold "y 12345 x 12345". */
  private static final int MIN_CELL_WIDTH = 16 * PixelFont.ADVANCE * LABEL_SCALE;

  private static final int MAX_TILE = 512;
  private static final long MAX_PIXELS = 1L << 26;

  /**
   * Lays out {@code tiles}, as nearly square as their number allows; tiles keep their size unless
   * they are larger than a screen shows, or so many that the sheet would be.
   *
   * @throws IllegalArgumentException if there are none, or too many for one picture
   */
  static SheetLayout of(List<Tile> tiles) {
    int width = tiles.stream().mapToInt(Tile::width).max().orElse(0);
    int height = tiles.stream().mapToInt(Tile::height).max().orElse(0);
    int factor = Math.max(1, Math.ceilDiv(Math.max(width, height), MAX_TILE));
    SheetLayout layout = of(tiles.size(), height, width, factor);
    while (layout.pixels() > MAX_PIXELS && factor < Math.max(width, height)) {
      layout = of(tiles.size(), height, width, ++factor);
    }
    if (tiles.isEmpty() || layout.pixels() > MAX_PIXELS) {
      throw new IllegalArgumentException(
          "%d patches do not fit one contact sheet".formatted(tiles.size()));
    }
    return layout;
  }

  private static SheetLayout of(int tiles, int height, int width, int factor) {
    int cellWidth = Math.max(MIN_CELL_WIDTH, Math.ceilDiv(width, factor));
    int cellHeight = Math.ceilDiv(height, factor);
    SheetLayout best = new SheetLayout(1, tiles, cellWidth, cellHeight, factor);
    for (int columns = 2; columns <= tiles; columns++) {
      int rows = Math.ceilDiv(tiles, columns);
      SheetLayout next = new SheetLayout(columns, rows, cellWidth, cellHeight, factor);
      if (next.awkwardness(tiles) < best.awkwardness(tiles)) {
        best = next;
      }
    }
    return best;
  }

  /** How far from square, and how much of it empty. */
  private double awkwardness(int tiles) {
    double empty = 1 - tiles / ((double) columns * rows);
    return Math.abs(Math.log((double) width() / height())) + empty;
  }

  private long pixels() {
    return (long) width() * height();
  }

  /** Width of the sheet. */
  int width() {
    return MARGIN + columns * stepX();
  }

  /** Height of the sheet. */
  int height() {
    return MARGIN + rows * stepY();
  }

  /** Left edge of the border of tile {@code index}. */
  int left(int index) {
    return MARGIN + index % columns * stepX();
  }

  /** Upper edge of the border of tile {@code index}. */
  int top(int index) {
    return MARGIN + index / columns * stepY();
  }

  /** Characters of a label that fit under a tile. */
  int labelLength() {
    return (cellWidth + 2 * BORDER + LABEL_SCALE) / (PixelFont.ADVANCE * LABEL_SCALE);
  }

  private int stepX() {
    return cellWidth + 2 * BORDER + MARGIN;
  }

  private int stepY() {
    return cellHeight + 2 * BORDER + LABEL_GAP + 2 * LINE_HEIGHT + MARGIN / 2;
  }
}
