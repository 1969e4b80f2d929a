package dev.maskmap.cli.draw;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Draws tables of numbers as colours, side by side, each under its title and over its scale, with
 * lines of text below. The same numbers give the same pixels on every machine.
 */
public final class HeatSheet {
  private static final int MARGIN = 20;
  private static final int SCALE = 2;
  private static final int LINE = (PixelFont.HEIGHT + 4) * SCALE;

  /** The longer side of a table. */
  private static final int LONGEST = 384;

  /** Narrower ones would be under a title that is cut off. */
  private static final int MIN_WIDTH = 22 * PixelFont.ADVANCE * SCALE;

  private static final int BAR = 12;

  /** From nothing to the most. */
  private static final int[] COLORS = {0x1B2430, 0x283C78, 0x1F7A8C, 0x4DB36A, 0xC9D93B, 0xFFF3B0};

  private final BufferedImage image;

  private HeatSheet(BufferedImage image) {
    this.image = image;
  }

  /**
   * A table.
   *
   * @param values 0 to {@code most}, row by row
   * @param most that the last colour stands for
   * @param end what is written there
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  public record Panel(
      String title, int rows, int columns, double[] values, double most, String end) {
    private int cell() {
      return Math.max(1, LONGEST / Math.max(rows, columns));
    }

    private int height() {
      return rows * cell();
    }

    private int width() {
      return columns * cell();
    }

    private int space() {
      return Math.max(width() + 2, MIN_WIDTH);
    }
  }

  /**
   * Returns a picture of tables.
   *
   * @param lines below them
   */
  public static BufferedImage draw(List<Panel> panels, List<String> lines) {
    int width = MARGIN;
    int height = 0;
    for (Panel panel : panels) {
      width += panel.space() + MARGIN;
      height = Math.max(height, panel.height());
    }
    for (String line : lines) {
      width = Math.max(width, PixelFont.width(line) * SCALE + 2 * MARGIN);
    }
    int top = MARGIN + LINE;
    int below = top + height + 2 + MARGIN / 2;
    int textTop = below + BAR + MARGIN / 2 + LINE + MARGIN / 2;
    BufferedImage image =
        new BufferedImage(
            width, textTop + lines.size() * LINE + MARGIN / 2, BufferedImage.TYPE_INT_RGB);
    HeatSheet sheet = new HeatSheet(image);
    sheet.fill(0, 0, width, image.getHeight(), SheetPalette.rgb(SheetPalette.PAGE));
    int left = MARGIN;
    for (Panel panel : panels) {
      sheet.write(panel.title(), left, MARGIN, SheetPalette.NAME);
      sheet.drawTable(panel, left, top);
      sheet.drawScale(panel, left, below);
      left += panel.space() + MARGIN;
    }
    for (int i = 0; i < lines.size(); i++) {
      sheet.write(lines.get(i), MARGIN, textTop + i * LINE, SheetPalette.PLACE);
    }
    return image;
  }

  private void drawTable(Panel panel, int left, int top) {
    int cell = panel.cell();
    fill(left, top, panel.width() + 2, panel.height() + 2, SheetPalette.rgb(SheetPalette.BORDER));
    for (int i = 0; i < panel.values().length; i++) {
      int x = left + 1 + i % panel.columns() * cell;
      int y = top + 1 + i / panel.columns() * cell;
      double part = panel.most() == 0 ? 0 : panel.values()[i] / panel.most();
      fill(x, y, cell, cell, color(part));
    }
  }

  private void drawScale(Panel panel, int left, int top) {
    int width = panel.space();
    for (int x = 0; x < width; x++) {
      fill(left + x, top, 1, BAR, color((double) x / (width - 1)));
    }
    int text = top + BAR + MARGIN / 4;
    write("0", left, text, SheetPalette.PLACE);
    int end = PixelFont.width(panel.end()) * SCALE;
    write(panel.end(), left + width - end, text, SheetPalette.PLACE);
  }

  private static int color(double part) {
    double at = Math.clamp(part, 0, 1) * (COLORS.length - 1);
    int step = Math.min((int) at, COLORS.length - 2);
    int rgb = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int from = (COLORS[step] >> shift) & 0xFF;
      int to = (COLORS[step + 1] >> shift) & 0xFF;
      rgb |= (int) Math.round(from + (to - from) * (at - step)) << shift;
    }
    return rgb;
  }

  private void write(String text, int left, int top, int color) {
    PixelFont.draw(text, SCALE, (x, y) -> image.setRGB(left + x, top + y, SheetPalette.rgb(color)));
  }

  private void fill(int left, int top, int width, int height, int rgb) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
  }
}
