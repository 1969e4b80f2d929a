package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Pages of TIFF files. Container and compression are our own but for the fax methods, because
 * ImageIO leaves what is missing of a strip black and says nothing.
 *
 * <p>Where white is zero, samples of up to 8 bits are turned round, so that 0 is black, and larger
 * ones are not: that is what Pillow does.
 */
final class TiffDecoder {
  private TiffDecoder() {}

  /**
   * Reads the page whose directory is at byte {@code directory} of {@code file}.
   *
   * @throws IOException if it is truncated, corrupt, too large or of a kind that is not read, or
   *     has no alpha where that is asked for
   */
  static DecodedImage read(Path file, long directory, String origin, Channel channel)
      throws IOException {
    try (TiffInput in = TiffInput.open(file)) {
      TiffDirectory tags = TiffDirectory.read(in, directory);
      TiffLayout layout = TiffLayout.of(tags);
      if (channel == Channel.ALPHA && layout.alpha() < 0) {
        throw AlphaValues.missing();
      }
      TiffSamples samples = new TiffSamples(layout, TiffChunks.read(in, tags, layout), in.order());
      int[] palette = palette(tags, layout);
      return channel == Channel.ALPHA
          ? image(origin, layout, Kind.ALPHA, samples.band(layout.alpha()), null)
          : image(origin, layout, kind(layout), samples.values(), palette);
    }
  }

  private static DecodedImage image(
      String origin, TiffLayout layout, Kind kind, PixelValues values, int @Nullable [] palette) {
    return new DecodedImage(origin, layout.height(), layout.width(), kind, values, palette, "");
  }

  private static Kind kind(TiffLayout layout) {
    return switch (layout.photometric()) {
      case TiffLayout.PALETTE -> Kind.INDEXED;
      case TiffLayout.RGB -> Kind.COLOR;
      default -> layout.plain() ? Kind.GRAY : Kind.NUMBER;
    };
  }

  /** Section 5: all reds, all greens, all blues, of 16 bits each. */
  private static int @Nullable [] palette(TiffDirectory tags, TiffLayout layout)
      throws IOException {
    if (layout.photometric() != TiffLayout.PALETTE) {
      return null;
    }
    int count = 1 << layout.bits();
    long[] map = tags.numbers(320, 3L * count);
    int[] colors = new int[count];
    for (int i = 0; i < count; i++) {
      int red = (int) map[i] >> 8 & 0xFF;
      int green = (int) map[count + i] >> 8 & 0xFF;
      int blue = (int) map[2 * count + i] >> 8 & 0xFF;
      colors[i] = red << 16 | green << 8 | blue;
    }
    return colors;
  }
}
