package dev.maskmap.cli.draw;

import dev.maskmap.Mask;
import dev.maskmap.Region;

/** A part of a mask in shades: how much of the pixels that a pixel stands for is foreground. */
public record MaskContent(Mask mask, Region region) implements Tile.Content {
  @Override
  public int[] pixels(int factor) {
    CellGrid cells =
        CellGrid.of(
            mask,
            CellGrid.steps(region.y(), region.height(), factor),
            CellGrid.steps(region.x(), region.width(), factor));
    int[] shades = new int[cells.rows() * cells.columns()];
    for (int row = 0, i = 0; row < cells.rows(); row++) {
      for (int column = 0; column < cells.columns(); column++, i++) {
        shades[i] = shade(cells.foreground(row, column), cells.pixels(row, column));
      }
    }
    return shades;
  }

  /** Rounded up: a thin line must not vanish. */
  private static int shade(long foreground, long pixels) {
    return (int) Math.ceilDiv(foreground * (SheetPalette.SHADES - 1), pixels);
  }

  @Override
  public boolean isColor() {
    return false;
  }
}
