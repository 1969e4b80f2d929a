package dev.maskmap.cli.draw;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/** Draws tiles side by side, each with its label below it. */
public final class ContactSheet {
  private static final String DOTS = "...";

  private final SheetLayout layout;
  private final BufferedImage image;
  private final boolean indexed;

  private ContactSheet(SheetLayout layout, BufferedImage image) {
    this.layout = layout;
    this.image = image;
    this.indexed = image.getType() == BufferedImage.TYPE_BYTE_INDEXED;
  }

  /**
   * Returns a picture of {@code tiles}, in rows from the top left: of a few colours where none of
   * them is in colour. The same tiles give the same pixels on every machine.
   *
   * @throws IllegalArgumentException if there are no tiles, or too many for one picture
   * @throws IOException if the content of a tile cannot be read
   */
  public static BufferedImage draw(List<Tile> tiles) throws IOException {
    boolean color = tiles.stream().anyMatch(tile -> tile.content().isColor());
    SheetLayout layout = SheetLayout.of(tiles, color);
    int width = layout.width();
    int height = layout.height();
    BufferedImage image =
        color
            ? new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)
            : new BufferedImage(
                width, height, BufferedImage.TYPE_BYTE_INDEXED, SheetPalette.colors());
    ContactSheet sheet = new ContactSheet(layout, image);
    sheet.fill(0, 0, width, height, SheetPalette.PAGE);
    for (int i = 0; i < tiles.size(); i++) {
      sheet.drawTile(tiles.get(i), layout.left(i), layout.top(i));
    }
    return image;
  }

  private void drawTile(Tile tile, int left, int top) throws IOException {
    int factor = layout.factor(tile);
    int width = Math.ceilDiv(tile.width(), factor);
    int height = Math.ceilDiv(tile.height(), factor);
    int border = SheetLayout.BORDER;
    fill(left, top, width + 2 * border, height + 2 * border, SheetPalette.BORDER);
    drawContent(tile, factor, width, left + border, top + border);
    int line = top + height + 2 * border + SheetLayout.LABEL_GAP;
    for (Tile.Line text : tile.lines()) {
      write(text.text(), left, line, text.color());
      line += SheetLayout.LINE_HEIGHT;
    }
  }

  private void drawContent(Tile tile, int factor, int width, int left, int top) throws IOException {
    int[] pixels = tile.content().pixels(factor);
    boolean color = tile.content().isColor();
    for (int i = 0; i < pixels.length; i++) {
      int x = left + i % width;
      int y = top + i / width;
      if (color) {
        image.setRGB(x, y, pixels[i]);
      } else {
        set(x, y, pixels[i]);
      }
    }
  }

  private void write(String text, int left, int top, int color) {
    PixelFont.draw(
        shorten(text, layout.labelLength()),
        SheetLayout.LABEL_SCALE,
        (x, y) -> set(left + x, top + y, color));
  }

  private void fill(int left, int top, int width, int height, int color) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        set(x, y, color);
      }
    }
  }

  private void set(int x, int y, int color) {
    if (indexed) {
      image.getRaster().setSample(x, y, 0, color);
    } else {
      image.setRGB(x, y, SheetPalette.rgb(color));
    }
  }

  /**
   * Returns {@code text} with its middle replaced by dots if it has more than {@code length} code
   * points: both the folder at its start and the number at its end tell masks apart.
   */
  public static String shorten(String text, int length) {
    int[] points = text.codePoints().toArray();
    if (points.length <= length) {
      return text;
    }
    int kept = Math.max(0, length - DOTS.length());
    int tail = Math.ceilDiv(kept, 2);
    return new String(points, 0, kept - tail)
        + DOTS
        + new String(points, points.length - tail, tail);
  }
}
