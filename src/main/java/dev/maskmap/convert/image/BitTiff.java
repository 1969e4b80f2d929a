package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PackedMask;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Encodes a mask as a bilevel TIFF, compressed as CCITT group 4 (T.6), which is what scanners and
 * document tools write and half the size of deflate. Foreground is white.
 */
public final class BitTiff {
  private BitTiff() {}

  /**
   * Returns the whole file. Any thread may call it.
   *
   * @throws IllegalArgumentException if the mask is too large for one array
   * @throws IOException if this Java has no writer for TIFF
   */
  public static byte[] encode(PackedMask mask) throws IOException {
    ImageWriter writer = writer();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 13);
    // Memory, never ImageIO's cache of temporary files.
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType("CCITT T.6");
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture(mask), null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static ImageWriter writer() throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("tiff");
    if (!writers.hasNext()) {
      throw new IOException("this Java has no writer for TIFF");
    }
    return writers.next();
  }

  /** The rows of such a picture begin with a new byte each, as scanlines do. */
  private static BufferedImage picture(PackedMask mask) {
    byte[] lines = Scanlines.of(mask, 0);
    BufferedImage image =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_BINARY);
    byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(lines, 0, data, 0, lines.length);
    return image;
  }
}
