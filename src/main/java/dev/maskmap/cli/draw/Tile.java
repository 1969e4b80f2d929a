package dev.maskmap.cli.draw;

import java.io.IOException;
import java.util.List;

/**
 * One picture of a contact sheet and what is written below it.
 *
 * @param content its pixels
 * @param height rows of the content
 * @param width pixels in a row of the content
 * @param lines of the label, each shortened where it is too long
 */
public record Tile(Content content, int height, int width, List<Line> lines) {
  public Tile {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("a tile of %d x %d pixels".formatted(height, width));
    }
    lines = List.copyOf(lines);
  }

  /**
   * A line of a label.
   *
   * @param color an index of {@link SheetPalette}
   */
  public record Line(String text, int color) {}

  /** Where the pixels of a tile come from. They are read when the tile is drawn, tile by tile. */
  public interface Content {
    /**
     * Returns the pixels, row by row, scaled down so that one stands for {@code factor} by {@code
     * factor}: {@code ceil(height / factor) * ceil(width / factor)} of them, which are the last of
     * their row or column where they stand for fewer.
     *
     * @return colours {@code 0xRRGGBB} if {@link #isColor}, else indexes of {@link SheetPalette}
     * @throws IOException if they cannot be read
     */
    int[] pixels(int factor) throws IOException;

    /** Whether its pixels are colours, which needs a sheet in colour. */
    boolean isColor();
  }
}
