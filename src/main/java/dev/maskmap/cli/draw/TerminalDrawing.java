package dev.maskmap.cli.draw;

import dev.maskmap.Mask;
import dev.maskmap.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a mask as lines of text in a frame.
 *
 * @param lines top to bottom, all of one length
 * @param pixelsPerDot pixels that a dot is wide; 1 where every pixel is seen
 */
public record TerminalDrawing(List<String> lines, double pixelsPerDot) {
  private static final int FRAME = 2;

  /**
   * Draws {@code region} as large as it fits, but no dot smaller than a pixel. The sides keep their
   * proportion, to the nearest dot.
   *
   * @param columns characters in a line, frame included, at least 3
   * @param rows lines, frame included, at least 3
   * @throws IndexOutOfBoundsException if the region leaves the mask
   */
  public static TerminalDrawing draw(
      Mask mask, Region region, TerminalStyle style, int columns, int rows) {
    int maxAcross = (columns - FRAME) * style.dotsAcross();
    int maxDown = (rows - FRAME) * style.dotsDown();
    double scale = scale(region, style, maxAcross, maxDown);
    int across = dots(region.width(), scale, maxAcross);
    int down = dots(region.height(), scale * style.dotHeight(), maxDown);
    CellGrid cells =
        CellGrid.of(
            mask,
            CellGrid.divide(region.y(), region.height(), down),
            CellGrid.divide(region.x(), region.width(), across));
    return new TerminalDrawing(lines(cells, style), scale);
  }

  /** Whether every pixel of {@code region} gets a dot of its own. */
  public static boolean isExact(Region region, TerminalStyle style, int columns, int rows) {
    return region.width() <= (long) (columns - FRAME) * style.dotsAcross()
        && region.height() <= (long) (rows - FRAME) * style.dotsDown();
  }

  private static double scale(Region region, TerminalStyle style, int maxAcross, int maxDown) {
    double wide = (double) region.width() / maxAcross;
    double high = (double) region.height() / maxDown / style.dotHeight();
    return Math.max(1, Math.max(wide, high));
  }

  private static int dots(int pixels, double pixelsPerDot, int most) {
    // Rounded up, so that at scale 1 the last dot of an odd height is there.
    return Math.clamp((long) Math.ceil(pixels / pixelsPerDot), 1, most);
  }

  private static List<String> lines(CellGrid cells, TerminalStyle style) {
    int columns = Math.ceilDiv(cells.columns(), style.dotsAcross());
    String bar = style.frame().substring(1, 2).repeat(columns);
    List<String> lines = new ArrayList<>();
    lines.add(style.frame().charAt(0) + bar + style.frame().charAt(2));
    for (int row = 0; row < cells.rows(); row += style.dotsDown()) {
      StringBuilder line = new StringBuilder().append(style.frame().charAt(3));
      for (int column = 0; column < cells.columns(); column += style.dotsAcross()) {
        line.append(style.character(cells, row, column));
      }
      lines.add(line.append(style.frame().charAt(3)).toString());
    }
    lines.add(style.frame().charAt(4) + bar + style.frame().charAt(5));
    return List.copyOf(lines);
  }
}
