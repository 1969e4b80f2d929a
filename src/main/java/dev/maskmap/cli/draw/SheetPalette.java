package dev.maskmap.cli.draw;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;

/** The colours of a contact sheet, few enough for a palette. */
public final class SheetPalette {
  /** Shades from background (0) to foreground: more than two only where tiles are scaled down. */
  public static final int SHADES = 16;

  public static final int PAGE = SHADES;
  public static final int BORDER = SHADES + 1;
  public static final int NAME = SHADES + 2;
  public static final int PLACE = SHADES + 3;
  public static final int ALERT = SHADES + 4;

  private static final int BACKGROUND_RGB = 0x1B2430;
  private static final int FOREGROUND_RGB = 0xE8EEF4;

  private SheetPalette() {}

  private static final int[] RGB = rgb();

  public static IndexColorModel colors() {
    return new IndexColorModel(8, RGB.length, RGB, 0, false, -1, DataBuffer.TYPE_BYTE);
  }

  /** The colour {@code 0xRRGGBB} of an index. */
  public static int rgb(int index) {
    return RGB[index];
  }

  private static int[] rgb() {
    int[] rgb = new int[ALERT + 1];
    for (int i = 0; i < SHADES; i++) {
      rgb[i] = shade(i);
    }
    rgb[PAGE] = 0x10161D;
    rgb[BORDER] = 0x45566A;
    rgb[NAME] = 0xDCE4EC;
    rgb[PLACE] = 0x8A9BAD;
    rgb[ALERT] = 0xFF6B5E;
    return rgb;
  }

  private static int shade(int step) {
    int rgb = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int from = (BACKGROUND_RGB >> shift) & 0xFF;
      int to = (FOREGROUND_RGB >> shift) & 0xFF;
      rgb |= (from + (to - from) * step / (SHADES - 1)) << shift;
    }
    return rgb;
  }
}
