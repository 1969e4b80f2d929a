package dev.maskmap.cli.draw;

import java.util.List;

/**
 * Where things are on a contact sheet, in pixels.
 *
 * @param columns tiles in a row
 * @param rows rows of tiles
 * @param cellWidth a tile without its border, or what its label needs
 * @param tops upper edges of the rows, and of one more: each row is as high as its highest tile
 * @param longest side of a tile that is allowed; tiles with longer ones are scaled down
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record SheetLayout(int columns, int rows, int cellWidth, int[] tops, int longest) {
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
    int height = 0;
    for (Tile tile : tiles) {
      width = Math.max(width, Math.ceilDiv(tile.width(), factor(tile, longest)));
      height = Math.max(height, stepY(tile, longest));
    }
    int columns = columns(tiles.size(), height, width + 2 * BORDER + MARGIN);
    int rows = Math.ceilDiv(tiles.size(), columns);
    int[] tops = new int[rows + 1];
    tops[0] = MARGIN;
    for (int row = 0; row < rows; row++) {
      int step = 0;
      for (Tile tile : tiles.subList(row * columns, Math.min(tiles.size(), (row + 1) * columns))) {
        step = Math.max(step, stepY(tile, longest));
      }
      tops[row + 1] = Math.addExact(tops[row], step);
    }
    return new SheetLayout(columns, rows, width, tops, longest);
  }

  /** The number of columns that makes the sheet most nearly square, and leaves little empty. */
  private static int columns(int tiles, int stepY, int stepX) {
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int columns = 1; columns <= tiles; columns++) {
      int rows = Math.ceilDiv(tiles, columns);
      double sides = (MARGIN + (double) columns * stepX) / (MARGIN + (double) rows * stepY);
      double awkwardness = Math.abs(Math.log(sides)) + 1 - tiles / ((double) columns * rows);
      if (awkwardness < least) {
        least = awkwardness;
        best = columns;
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

  private long pixels() {
    return (long) width() * height();
  }

  /** Width of the sheet. */
  int width() {
    return MARGIN + columns * stepX();
  }

  /** Height of the sheet. */
  int height() {
    return tops[rows];
  }

  /** Left edge of the border of tile {@code index}. */
  int left(int index) {
    return MARGIN + index % columns * stepX();
  }

  /** Upper edge of the border of tile {@code index}. */
  int top(int index) {
    return tops[index / columns];
  }

  /** Characters of a label that fit under a tile. */
  int labelLength() {
    return (cellWidth + 2 * BORDER + LABEL_SCALE) / (PixelFont.ADVANCE * LABEL_SCALE);
  }

  private int stepX() {
    return cellWidth + 2 * BORDER + MARGIN;
  }

  /** From the border of a tile to that of the one below it. */
  private static int stepY(Tile tile, int longest) {
    return Math.ceilDiv(tile.height(), factor(tile, longest))
        + 2 * BORDER
        + LABEL_GAP
        + tile.lines().size() * LINE_HEIGHT
        + MARGIN / 2;
  }
}
