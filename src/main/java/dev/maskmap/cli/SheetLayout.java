package dev.maskmap.cli;

import java.util.List;

/**
 * Where things are on a contact sheet, in pixels.
 *
 * @param columns tiles in a row
 * @param rows rows of tiles
 * @param cellWidth a tile without its border, or what its label needs
 * @param cellHeight a tile without its border
 * @param lines of the longest label
 * @param longest side of a tile that is allowed; tiles with longer ones are scaled down
 */
record SheetLayout(int columns, int rows, int cellWidth, int cellHeight, int lines, int longest) {
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

  /** One byte each, and four in colour. */
  private static final long MAX_PIXELS = 1L << 26;

  private static final long MAX_COLOR_PIXELS = 1L << 24;

  /**
   * Lays out {@code tiles}, as nearly square as their number allows; tiles keep their size unless
   * they are larger than a screen shows, or so many that the sheet would be.
   *
   * @throws IllegalArgumentException if there are none, or too many for one picture
   */
  static SheetLayout of(List<Tile> tiles, boolean color) {
    long most = color ? MAX_COLOR_PIXELS : MAX_PIXELS;
    int longest = MAX_TILE;
    SheetLayout layout = of(tiles, longest);
    while (layout.pixels() > most && longest > 1) {
      longest = longest * 7 / 8;
      layout = of(tiles, longest);
    }
    if (tiles.isEmpty() || layout.pixels() > most) {
      throw new IllegalArgumentException(
          "%d tiles do not fit one contact sheet".formatted(tiles.size()));
    }
    return layout;
  }

  private static SheetLayout of(List<Tile> tiles, int longest) {
    int width = MIN_CELL_WIDTH;
    int height = 1;
    int lines = 0;
    for (Tile tile : tiles) {
      int factor = factor(tile, longest);
      width = Math.max(width, Math.ceilDiv(tile.width(), factor));
      height = Math.max(height, Math.ceilDiv(tile.height(), factor));
      lines = Math.max(lines, tile.lines().size());
    }
    int count = tiles.size();
    SheetLayout best = new SheetLayout(1, count, width, height, lines, longest);
    for (int columns = 2; columns <= count; columns++) {
      int rows = Math.ceilDiv(count, columns);
      SheetLayout next = new SheetLayout(columns, rows, width, height, lines, longest);
      if (next.awkwardness(count) < best.awkwardness(count)) {
        best = next;
      }
    }
    return best;
  }

  private static int factor(Tile tile, int longest) {
    return Math.ceilDiv(Math.max(tile.height(), tile.width()), longest);
  }

  /** Pixels of a tile, along each axis, that one pixel of the sheet stands for. */
  int factor(Tile tile) {
    return factor(tile, longest);
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
    return cellHeight + 2 * BORDER + LABEL_GAP + lines * LINE_HEIGHT + MARGIN / 2;
  }
}
