package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;

/** GIF files of one frame, decoded by ImageIO behind {@link GifBlocks}. */
final class GifDecoder {
  private GifDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws IOException if it is truncated, corrupt, animated or too large, or has no transparent
   *     index where alpha is asked for
   */
  static DecodedImage decode(String origin, byte[] file, Channel channel) throws IOException {
    GifBlocks.Image image = GifBlocks.check(file);
    if (channel == Channel.ALPHA && image.transparent() == GifBlocks.NO_INDEX) {
      throw AlphaValues.missing();
    }
    PixelValues indexes = indexes(image, file);
    return channel == Channel.ALPHA
        ? image(origin, image, Kind.ALPHA, AlphaValues.lookUp(alpha(image), indexes))
        : image(origin, image, Kind.INDEXED, indexes);
  }

  private static DecodedImage image(
      String origin, GifBlocks.Image image, Kind kind, PixelValues values) {
    int[] palette = kind == Kind.INDEXED ? image.palette() : null;
    return new DecodedImage(origin, image.height(), image.width(), kind, values, palette, "");
  }

  private static byte[] alpha(GifBlocks.Image image) {
    byte[] alpha = new byte[256];
    Arrays.fill(alpha, (byte) AlphaValues.OPAQUE);
    alpha[image.transparent()] = 0;
    return alpha;
  }

  /**
   * Into an image of eight bits: one that fits the palette would cut the high bits off an index
   * that the palette leaves out.
   */
  private static PixelValues indexes(GifBlocks.Image image, byte[] file) throws IOException {
    BufferedImage eightBits =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    Plugin.GIF.readInto(eightBits, file);
    return RasterValues.band(eightBits.getRaster(), 0);
  }
}
