package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.ImagePixels;
import dev.maskmap.convert.pixels.PixelValues;
import dev.maskmap.image.ImageType;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a file of one image with all its channels: as the colours that it shows, and not, as {@link
 * ImageDecoder}, the values that mean something in a mask. Palettes are looked up, gray of less
 * than 8 bits is stretched, and 16 bits stay 16. Stateless: any number of threads may read at once.
 */
public final class FullImage {
  private FullImage() {}

  /**
   * Reads the pixels of {@code file}, which is told by its content.
   *
   * @throws IOException if it cannot be read, is not such an image, is truncated, corrupt or too
   *     large, or holds several images; the message is one line that begins with the file
   */
  public static ImagePixels read(Path file) throws IOException {
    String origin = file.toString();
    return Guarded.call(origin, () -> decode(file, origin));
  }

  private static ImagePixels decode(Path file, String origin) throws IOException {
    if (ImageDecoder.content(file) == FileContent.TIFF) {
      return TiffDecoder.readFull(file, ImageDecoder.onlyPage(TiffPages.of(file)));
    }
    byte[] bytes = ImageDecoder.readBytes(file);
    FileContent content = FileContent.of(bytes);
    return switch (content) {
      case PNG -> {
        PngFile png = PngChunks.check(bytes);
        BufferedImage image = PngDecoder.image(png);
        // ImageIO gives gray of few bits a palette.
        yield png.header().indexed() ? of(image) : RasterSamples.of(image.getRaster());
      }
      case GIF -> indexed(GifDecoder.decode(origin, bytes, Channel.VALUES));
      case PNM -> pnm(origin, bytes);
      case BMP -> {
        BmpHeader.check(bytes);
        yield of(Plugin.BMP.read(bytes));
      }
      case JPEG -> {
        JpegMarkers.check(bytes);
        yield of(Plugin.JPEG.read(bytes));
      }
      case WEBP -> of(Plugin.WEBP.read(bytes));
      case TIFF -> throw new IOException("the file has changed while it was read");
      case LFS_POINTER, DAMAGED_PNG, EMPTY, OTHER -> throw new IOException(content.refusal(bytes));
    };
  }

  private static ImagePixels of(BufferedImage image) throws IOException {
    if (!(image.getColorModel() instanceof IndexColorModel model)) {
      return RasterSamples.of(image.getRaster());
    }
    int[] colors = new int[1 << 8];
    for (int i = 0; i < model.getMapSize(); i++) {
      colors[i] = model.getRGB(i) & 0xFFFFFF;
    }
    PixelValues indexes = RasterValues.band(image.getRaster(), 0);
    return colors(image.getHeight(), image.getWidth(), indexes, colors);
  }

  private static ImagePixels indexed(DecodedImage image) throws IOException {
    int[] palette = image.palette();
    int[] colors = palette == null ? new int[0] : palette;
    return colors(image.height(), image.width(), image.values(), colors);
  }

  /** Looks colours up; indexes that a palette leaves out are black. */
  static ImagePixels colors(int height, int width, PixelValues indexes, int[] palette)
      throws IOException {
    byte[] out = ImagePixels.room(height, width, 3, ImageType.UINT8);
    for (int i = 0; i < indexes.length(); i++) {
      int index = (int) indexes.at(i);
      color(out, i, index < palette.length ? palette[index] : 0);
    }
    return new ImagePixels(height, width, 3, ImageType.UINT8, out);
  }

  private static void color(byte[] out, int pixel, int color) {
    out[3 * pixel] = (byte) (color >> 16);
    out[3 * pixel + 1] = (byte) (color >> 8);
    out[3 * pixel + 2] = (byte) color;
  }

  private static ImagePixels pnm(String origin, byte[] bytes) throws IOException {
    PnmHeader header = PnmHeader.read(new PnmScanner(bytes));
    int maxval = header.maxval();
    if (header.color() && maxval > 255) {
      throw new IOException(
          "a PPM with a maxval of %d, of which 8 bits would be left; save it as PNG of 16 bits"
              .formatted(maxval));
    }
    PixelValues values = PnmDecoder.decode(origin, bytes, Channel.VALUES).values();
    if (header.color()) {
      byte[] out = ImagePixels.room(header.height(), header.width(), 3, ImageType.UINT8);
      for (int i = 0; i < values.length(); i++) {
        color(out, i, (int) values.at(i));
      }
      return new ImagePixels(header.height(), header.width(), 3, ImageType.UINT8, out);
    }
    ImageType type = maxval > 255 ? ImageType.UINT16 : ImageType.UINT8;
    int most = maxval > 255 ? 0xFFFF : 0xFF;
    byte[] out = ImagePixels.room(header.height(), header.width(), 1, type);
    for (int i = 0; i < values.length(); i++) {
      int value = (int) Math.rint(values.at(i) / maxval * most);
      RasterSamples.put(out, i, value, type);
    }
    return new ImagePixels(header.height(), header.width(), 1, type, out);
  }
}
