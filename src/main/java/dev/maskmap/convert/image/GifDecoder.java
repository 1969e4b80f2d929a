package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.util.Arrays;

/**
 * GIF files of one frame. Our own, because ImageIO leaves pixels that are missing 0 and says
 * nothing, and mixes up the rows of interlaced images of two to four rows (JDK 25).
 */
final class GifDecoder {
  /** First row and step of each pass (GIF89a specification, appendix E). */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private GifDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws IOException if it is truncated, corrupt, animated or too large, or has no transparent
   *     index where alpha is asked for
   */
  static DecodedImage decode(String origin, byte[] file, Channel channel) throws IOException {
    GifBlocks blocks = GifBlocks.read(file);
    GifBlocks.Image image = blocks.image();
    if (channel == Channel.ALPHA && image.transparent() == GifBlocks.NO_INDEX) {
      throw AlphaValues.missing();
    }
    PixelValues indexes = new PixelValues.Narrow(indexes(image, blocks.data()));
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

  private static byte[] indexes(GifBlocks.Image image, byte[] data) throws IOException {
    int pixels = image.height() * image.width();
    if (image.bits() < 2 || image.bits() > 8 || pixels / Lzw.MAX_RATIO > data.length) {
      throw new IOException(
          "corrupt GIF: %d bytes of %d-bit codes cannot hold its %d x %d pixels"
              .formatted(data.length, image.bits(), image.height(), image.width()));
    }
    byte[] rows = Lzw.gif(data, image.bits(), pixels);
    return image.interlaced() ? inOrder(rows, image.height(), image.width()) : rows;
  }

  private static byte[] inOrder(byte[] rows, int height, int width) {
    byte[] out = new byte[rows.length];
    int from = 0;
    for (int[] pass : PASSES) {
      for (int y = pass[0]; y < height; y += pass[1]) {
        System.arraycopy(rows, from, out, y * width, width);
        from += width;
      }
    }
    return out;
  }
}
