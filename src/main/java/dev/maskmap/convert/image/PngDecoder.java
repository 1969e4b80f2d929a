package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;

/** PNG files: plain ones by {@link PngRows}, all other kinds by ImageIO. */
final class PngDecoder {
  private PngDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws IOException if it is truncated, corrupt, animated or too large, or has no alpha where
   *     that is asked for
   */
  static DecodedImage decode(String origin, byte[] file, Channel channel) throws IOException {
    PngFile png = PngChunks.check(file);
    PngHeader header = png.header();
    if (channel == Channel.ALPHA) {
      return header.hasAlphaSamples()
          ? AlphaValues.of(origin, image(png))
          : image(origin, header, Kind.ALPHA, transparency(png));
    }
    DecodedImage image = image(origin, header, header.kind(), values(png));
    return png.palette() == null ? image : withPalette(image, png.palette());
  }

  private static DecodedImage image(
      String origin, PngHeader header, Kind kind, PixelValues values) {
    return new DecodedImage(origin, header.height(), header.width(), kind, values);
  }

  private static DecodedImage withPalette(DecodedImage image, int[] palette) {
    return new DecodedImage(
        image.origin(),
        image.height(),
        image.width(),
        image.kind(),
        image.values(),
        palette,
        image.note());
  }

  private static PixelValues values(PngFile png) throws IOException {
    if (png.header().plain()) {
      return PngRows.read(png);
    }
    Raster raster = image(png).getRaster();
    return png.header().kind() == Kind.COLOR
        ? RasterValues.color(raster)
        : RasterValues.band(raster, 0);
  }

  /** Decodes a file by ImageIO. */
  static BufferedImage image(PngFile png) throws IOException {
    // ImageIO does not notice image data that goes on, nor a wrong checksum at its end.
    PngData.check(png);
    return Plugin.PNG.read(png.stripped());
  }

  /** Alpha by a tRNS chunk (section 11.3.2.1): a table beside the palette, or one colour. */
  private static PixelValues transparency(PngFile png) throws IOException {
    byte[] data = png.transparency();
    if (data == null) {
      throw AlphaValues.missing();
    }
    if (png.header().indexed() ? data.length > 256 : data.length != 2 * png.header().samples()) {
      throw new IOException(
          "corrupt PNG: a transparency (tRNS) of %d bytes".formatted(data.length));
    }
    return switch (png.header().kind()) {
      case INDEXED -> AlphaValues.lookUp(data, values(png));
      case COLOR -> keyed(image(png).getRaster(), data);
      default -> keyed(values(png), word(data, 0));
    };
  }

  private static int word(byte[] data, int at) {
    return (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
  }

  private static PixelValues keyed(PixelValues gray, int key) {
    byte[] out = new byte[gray.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (gray.at(i) == key ? 0 : AlphaValues.OPAQUE);
    }
    return new PixelValues.Narrow(out);
  }

  /** Compares whole samples: of 16 bits, all of them count. */
  private static PixelValues keyed(Raster raster, byte[] key) {
    byte[] out = new byte[raster.getHeight() * raster.getWidth()];
    int[] pixel = new int[3];
    for (int i = 0; i < out.length; i++) {
      raster.getPixel(i % raster.getWidth(), i / raster.getWidth(), pixel);
      boolean same =
          pixel[0] == word(key, 0) && pixel[1] == word(key, 2) && pixel[2] == word(key, 4);
      out[i] = (byte) (same ? 0 : AlphaValues.OPAQUE);
    }
    return new PixelValues.Narrow(out);
  }
}
