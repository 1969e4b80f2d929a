package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelLimit;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Encodes a mask as a bilevel TIFF of one strip, compressed as CCITT Group 4: what scanners and
 * document tools write, and less than half the size of deflate. Foreground is white.
 */
public final class BitTiff {
  /** By name: ImageIO's order of writers changes with the jars on the class path. */
  private static final String WRITER = "com.sun.imageio.plugins.tiff.TIFFImageWriter";

  private static final String GROUP_4 = "CCITT T.6";
  private static final byte[] BLACK_AND_WHITE = {0, (byte) 0xFF};

  private BitTiff() {}

  /**
   * Returns the whole file. Any thread may call it.
   *
   * @throws IllegalArgumentException if the mask has more than {@link PixelLimit#PIXELS} pixels:
   *     the writer counts bytes of a strip in an int, and we would not read the file again
   * @throws IOException if this Java has no such writer, or it fails
   */
  public static byte[] encode(PackedMask mask) throws IOException {
    if ((long) mask.height() * mask.width() > PixelLimit.PIXELS) {
      throw new IllegalArgumentException(
          "a mask of %d x %d pixels is too large for TIFF: expected %d pixels or fewer; choose npy"
              .formatted(mask.height(), mask.width(), PixelLimit.PIXELS));
    }
    ImageWriter writer = provider().createWriterInstance();
    ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 12);
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      write(image(mask), writer);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  private static void write(BufferedImage image, ImageWriter writer) throws IOException {
    ImageWriteParam group4 = writer.getDefaultWriteParam();
    group4.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    group4.setCompressionType(GROUP_4);
    IIOMetadata usual =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), group4);
    writer.write(null, new IIOImage(image, null, oneStrip(usual, image.getHeight())), group4);
  }

  /** Each strip begins anew, so that strips of a few rows take half as many bytes again. */
  private static IIOMetadata oneStrip(IIOMetadata usual, int height) throws IOException {
    TIFFDirectory directory = TIFFDirectory.createFromMetadata(usual);
    BaselineTIFFTagSet tags = BaselineTIFFTagSet.getInstance();
    directory.addTIFFField(
        new TIFFField(tags.getTag(BaselineTIFFTagSet.TAG_ROWS_PER_STRIP), height));
    return directory.getAsMetadata();
  }

  private static BufferedImage image(PackedMask mask) {
    byte[] lines = Scanlines.of(mask, 0);
    DataBufferByte bits = new DataBufferByte(lines, lines.length);
    return new BufferedImage(
        new IndexColorModel(1, 2, BLACK_AND_WHITE, BLACK_AND_WHITE, BLACK_AND_WHITE),
        Raster.createPackedRaster(bits, mask.width(), mask.height(), 1, null),
        false,
        null);
  }

  private static ImageWriterSpi provider() throws IOException {
    Iterator<ImageWriterSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, false);
    while (all.hasNext()) {
      ImageWriterSpi provider = all.next();
      if (WRITER.equals(provider.getPluginClassName())) {
        return provider;
      }
    }
    throw new IOException("this Java has no writer " + WRITER);
  }
}
