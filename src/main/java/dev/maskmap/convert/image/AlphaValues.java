package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;

/** Alpha as an image of its own: 0 is transparent, the largest value of the depth is opaque. */
final class AlphaValues {
  static final int OPAQUE = 255;

  private AlphaValues() {}

  /**
   * Returns the alpha samples of {@code image}, or those that its palette gives.
   *
   * @throws IOException if it has none
   */
  static DecodedImage of(String origin, BufferedImage image) throws IOException {
    ColorModel model = image.getColorModel();
    if (!model.hasAlpha()) {
      throw missing();
    }
    int alphaBand = image.getRaster().getNumBands() - 1;
    PixelValues band = RasterValues.band(image.getRaster(), alphaBand);
    PixelValues values = model instanceof IndexColorModel palette ? of(palette, band) : band;
    return new DecodedImage(origin, image.getHeight(), image.getWidth(), Kind.ALPHA, values);
  }

  private static PixelValues of(IndexColorModel palette, PixelValues indexes) {
    byte[] alpha = new byte[256];
    palette.getAlphas(alpha);
    return lookUp(alpha, indexes);
  }

  /** Returns the entry of {@code alpha} for each index; indexes past its end are opaque. */
  static PixelValues lookUp(byte[] alpha, PixelValues indexes) {
    byte[] out = new byte[indexes.length()];
    for (int i = 0; i < out.length; i++) {
      int index = (int) indexes.at(i);
      out[i] = index < alpha.length ? alpha[index] : (byte) OPAQUE;
    }
    return new PixelValues.Narrow(out);
  }

  static IOException missing() {
    return new IOException(
        "it has no alpha channel; leave out --alpha to take its gray values, indexes or colours");
  }
}
