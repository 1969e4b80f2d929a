package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.ImagePixels;
import dev.maskmap.convert.pixels.PixelValues;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Pages of TIFF files, decoded by TwelveMonkeys' library. Not by the JDK, which leaves what is
 * missing of a strip black and says nothing.
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
   *     has no alpha where that is asked for, or if the library is missing
   */
  static DecodedImage read(Path file, long directory, String origin, Channel channel)
      throws IOException {
    try (TiffInput in = TiffInput.open(file)) {
      TiffDirectory tags = TiffDirectory.read(in, directory);
      TiffLayout layout = TiffLayout.of(tags);
      if (channel == Channel.ALPHA && layout.alpha() < 0) {
        throw AlphaValues.missing();
      }
      TiffChunks.check(in, tags, layout);
      int[] palette = palette(tags, layout);
      Raster raster = raster(in, tags);
      return channel == Channel.ALPHA
          ? image(origin, layout, Kind.ALPHA, RasterValues.band(raster, layout.alpha()), null)
          : image(origin, layout, kind(layout), values(layout, raster), palette);
    }
  }

  /**
   * Reads all samples of such a page: those of more than 16 bits, signed and floating ones as they
   * are, all others as colours and gray of 8 or 16 bits.
   *
   * @throws IOException as {@link #read}
   */
  static ImagePixels readFull(Path file, long directory) throws IOException {
    try (TiffInput in = TiffInput.open(file)) {
      TiffDirectory tags = TiffDirectory.read(in, directory);
      TiffLayout layout = TiffLayout.of(tags);
      TiffChunks.check(in, tags, layout);
      int[] palette = palette(tags, layout);
      Raster raster = raster(in, tags);
      if (palette != null) {
        return FullImage.colors(
            layout.height(), layout.width(), RasterValues.band(raster, 0), palette);
      }
      if (!layout.plain()) {
        return TiffNumbers.of(layout, raster);
      }
      ImagePixels pixels = RasterSamples.of(raster);
      if (layout.photometric() == TiffLayout.WHITE_IS_ZERO && layout.bits() <= 8) {
        flip(pixels.samples(), 0xFF);
      }
      return pixels;
    }
  }

  private static Raster raster(TiffInput in, TiffDirectory tags) throws IOException {
    try (TiffStream stream = new TiffStream(in, tags)) {
      return Plugin.TIFF.readRaster(stream);
    } catch (EOFException e) {
      throw new IOException("truncated or corrupt TIFF: a strip or tile ends too early", e);
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

  private static PixelValues values(TiffLayout layout, Raster raster) throws IOException {
    if (layout.photometric() == TiffLayout.RGB) {
      return RasterValues.color(raster);
    }
    if (!layout.plain()) {
      return numbers(layout, raster);
    }
    PixelValues values = RasterValues.band(raster, 0);
    if (layout.photometric() == TiffLayout.WHITE_IS_ZERO) {
      turnRound(values, (1 << layout.bits()) - 1);
    }
    return values;
  }

  private static void turnRound(PixelValues values, int white) {
    switch (values) {
      case PixelValues.Bits(byte[] rows, int height, int width) -> flip(rows, 0xFF);
      case PixelValues.Narrow(byte[] bytes) -> flip(bytes, white);
      case PixelValues.Wide wide -> {}
      case PixelValues.Reals reals -> {}
    }
  }

  private static void flip(byte[] bytes, int mask) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= (byte) mask;
    }
  }

  private static PixelValues numbers(TiffLayout layout, Raster raster) throws IOException {
    int width = layout.width();
    double[] out = new double[layout.height() * width];
    double[] row = new double[width];
    for (int y = 0; y < layout.height(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        if (Double.isNaN(row[x])) {
          throw new IOException(
              "its pixel (%d, %d) is no number (NaN), so it is neither foreground nor background"
                  .formatted(y, x));
        }
        out[y * width + x] = number(layout, row[x]);
      }
    }
    return new PixelValues.Reals(out);
  }

  /** Rasters have signed bytes as unsigned ones, and unsigned ints as signed ones. */
  private static double number(TiffLayout layout, double sample) {
    if (layout.format() == TiffLayout.SIGNED && layout.bits() == 8) {
      return (byte) (int) sample;
    }
    boolean unsigned = layout.format() != TiffLayout.SIGNED && layout.format() != TiffLayout.FLOAT;
    return unsigned && sample < 0 ? sample + 0x1p32 : sample;
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
