package dev.maskmap.cli;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.List;

/** Draws patches side by side, each with its mask and origin below it. */
final class ContactSheet {
  private static final String DOTS = "...";

  private final SheetLayout layout;
  private final WritableRaster raster;

  private ContactSheet(SheetLayout layout, WritableRaster raster) {
    this.layout = layout;
    this.raster = raster;
  }

  /**
   * Returns a picture of {@code tiles}, in rows from the top left. The same tiles give the same
   * pixels on every machine.
   *
   * @throws IllegalArgumentException if there are no tiles, or too many for one picture
   */
  static BufferedImage draw(List<Tile> tiles) {
    SheetLayout layout = SheetLayout.of(tiles);
    BufferedImage image =
        new BufferedImage(
            layout.width(),
            layout.height(),
            BufferedImage.TYPE_BYTE_INDEXED,
            SheetPalette.colors());
    ContactSheet sheet = new ContactSheet(layout, image.getRaster());
    sheet.fill(0, 0, layout.width(), layout.height(), SheetPalette.PAGE);
    for (int i = 0; i < tiles.size(); i++) {
      sheet.drawTile(tiles.get(i), layout.left(i), layout.top(i));
    }
    return image;
  }

  private void drawTile(Tile tile, int left, int top) {
    int width = Math.ceilDiv(tile.width(), layout.factor());
    int height = Math.ceilDiv(tile.height(), layout.factor());
    int border = SheetLayout.BORDER;
    fill(left, top, width + 2 * border, height + 2 * border, SheetPalette.BORDER);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setSample(left + border + x, top + border + y, 0, shade(tile, y, x));
      }
    }
    int line = top + height + 2 * border + SheetLayout.LABEL_GAP;
    write(tile.name(), left, line, SheetPalette.NAME);
    write(tile.origin(), left, line + SheetLayout.LINE_HEIGHT, SheetPalette.ORIGIN);
  }

  /** The share of foreground in the pixels of the patch that pixel (y, x) of its tile shows. */
  private int shade(Tile tile, int y, int x) {
    int factor = layout.factor();
    int bottom = Math.min(tile.height(), (y + 1) * factor);
    int right = Math.min(tile.width(), (x + 1) * factor);
    int foreground = 0;
    for (int row = y * factor; row < bottom; row++) {
      for (int column = x * factor; column < right; column++) {
        foreground += tile.pixels()[row * tile.width() + column];
      }
    }
    int pixels = (bottom - y * factor) * (right - x * factor);
    // Rounded up: a thin line must not vanish.
    return Math.ceilDiv(foreground * (SheetPalette.SHADES - 1), pixels);
  }

  private void write(String text, int left, int top, int color) {
    PixelFont.draw(
        shorten(text, layout.labelLength()),
        SheetLayout.LABEL_SCALE,
        (x, y) -> raster.setSample(left + x, top + y, 0, color));
  }

  private void fill(int left, int top, int width, int height, int color) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        raster.setSample(x, y, 0, color);
      }
    }
  }

  /**
   * Returns {@code text} with its middle replaced by dots if it has more than {@code length} code
   * points: both the folder at its start and the number at its end tell masks apart.
   */
  static String shorten(String text, int length) {
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
