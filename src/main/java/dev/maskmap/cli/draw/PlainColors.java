package dev.maskmap.cli.draw;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The colours of an image as they stand in its file. {@link BufferedImage#getRGB} takes gray for
 * linear light and makes it brighter, and shows the 12 bits of a scan in 16 as black: so gray is
 * read here, deep gray stretched from its least to its greatest value.
 */
final class PlainColors {
  private final BufferedImage image;
  private final boolean gray;
  private final double least;
  private final double range;

  private PlainColors(BufferedImage image, boolean gray, double least, double range) {
    this.image = image;
    this.gray = gray;
    this.least = least;
    this.range = range;
  }

  static PlainColors of(BufferedImage image) {
    Raster raster = image.getRaster();
    boolean gray = raster.getNumBands() < 3 && !(image.getColorModel() instanceof IndexColorModel);
    int bits = raster.getSampleModel().getSampleSize(0);
    if (!gray || bits <= Byte.SIZE) {
      return new PlainColors(image, gray, 0, (1L << bits) - 1);
    }
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double[] row = new double[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      for (double value : raster.getSamples(0, y, row.length, 1, 0, row)) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    return new PlainColors(image, true, least, greatest - least);
  }

  /** Writes row {@code y} as {@code 0xRRGGBB}. */
  void row(int y, int[] rgb) {
    if (!gray) {
      image.getRGB(0, y, rgb.length, 1, rgb, 0, rgb.length);
      return;
    }
    double[] samples = image.getRaster().getSamples(0, y, rgb.length, 1, 0, new double[rgb.length]);
    for (int x = 0; x < rgb.length; x++) {
      double share = range > 0 ? (samples[x] - least) / range : 0;
      rgb[x] = (int) Math.rint(share * 0xFF) * 0x010101;
    }
  }
}
