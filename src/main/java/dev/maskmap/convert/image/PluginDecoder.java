package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The formats whose pixels ImageIO decodes, each behind a check of our own. */
final class PluginDecoder {
  private static final String LOSSY =
      "%s is lossy: near edges it holds values that were never drawn, which only --threshold tells"
          + " apart";

  private PluginDecoder() {}

  static DecodedImage bmp(String origin, byte[] bytes, Channel channel) throws IOException {
    BmpHeader.check(bytes);
    return image(origin, Plugin.BMP.read(bytes), channel, "");
  }

  static DecodedImage jpeg(String origin, byte[] bytes, Channel channel) throws IOException {
    JpegMarkers.check(bytes);
    return image(origin, Plugin.JPEG.read(bytes), channel, LOSSY.formatted("JPEG"));
  }

  static DecodedImage webp(String origin, byte[] bytes, Channel channel) throws IOException {
    boolean lossy = WebpChunks.check(bytes);
    String note = lossy ? LOSSY.formatted("WebP of this kind") : "";
    return image(origin, Plugin.WEBP.read(bytes), channel, note);
  }

  private static DecodedImage image(
      String origin, BufferedImage image, Channel channel, String note) throws IOException {
    if (channel == Channel.ALPHA) {
      return AlphaValues.of(origin, image);
    }
    int bands = image.getRaster().getNumBands();
    boolean indexed = image.getColorModel() instanceof IndexColorModel;
    Kind kind = indexed ? Kind.INDEXED : bands < 3 ? Kind.GRAY : Kind.COLOR;
    return new DecodedImage(
        origin,
        image.getHeight(),
        image.getWidth(),
        kind,
        kind == Kind.COLOR
            ? RasterValues.color(image.getRaster())
            : RasterValues.band(image.getRaster(), 0),
        palette(image),
        note);
  }

  /** Returns as many colours as a sample has values; those that the file leaves out are black. */
  private static int @Nullable [] palette(BufferedImage image) {
    if (!(image.getColorModel() instanceof IndexColorModel model)) {
      return null;
    }
    int[] colors =
        new int[Math.max(model.getMapSize(), 1 << image.getSampleModel().getSampleSize(0))];
    for (int i = 0; i < model.getMapSize(); i++) {
      colors[i] = model.getRGB(i) & 0xFFFFFF;
    }
    return colors;
  }
}
