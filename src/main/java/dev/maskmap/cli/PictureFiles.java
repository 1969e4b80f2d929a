package dev.maskmap.cli;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as PNG. */
final class PictureFiles {
  private PictureFiles() {}

  /**
   * Returns a mask as a picture of one bit a pixel, foreground white.
   *
   * @param pixels {@code height * width} bytes of 0 and 1, row by row
   */
  static BufferedImage ofMask(byte[] pixels, int height, int width) {
    if (pixels.length != Math.multiplyExact(height, width)) {
      throw new IllegalArgumentException(
          "%d bytes for %d x %d pixels".formatted(pixels.length, height, width));
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
    byte[] packed = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int rowBytes = (width + 7) / 8;
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        packed[y * rowBytes + x / 8] |= (byte) (pixels[i++] << (7 - x % 8));
      }
    }
    return image;
  }

  /**
   * Writes {@code image} as a PNG file, whole or not at all.
   *
   * @throws IOException if {@code file} exists and {@code overwrite} is false, or it cannot be
   *     written
   */
  static void writePng(Path file, BufferedImage image, boolean overwrite) throws IOException {
    ByteBuffer png = ByteBuffer.wrap(png(image));
    OutputFile.write(file, overwrite, channel -> OutputFile.writeAll(channel, png));
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Memory, never ImageIO's cache of temporary files.
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("this Java has no writer for PNG");
      }
    }
    return bytes.toByteArray();
  }
}
