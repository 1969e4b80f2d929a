package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Image files for tests: through ImageIO's writers, and PNGs put together chunk by chunk. */
public final class TestImages {
  static final byte[] PNG_SIGNATURE = "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1);

  private TestImages() {}

  /** A PNG of one sample a pixel, depth 1 to 16, colour type 0 (gray) or 3 (palette). */
  public static byte[] png(int[] values, int height, int width, int depth, int colorType) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int y = 0; y < height; y++) {
      rows.write(0);
      long bits = 0;
      int held = 0;
      for (int x = 0; x < width; x++) {
        bits = bits << depth | values[y * width + x];
        for (held += depth; held >= 8; held -= 8) {
          rows.write((int) (bits >> (held - 8)));
        }
      }
      if (held > 0) {
        rows.write((int) (bits << (8 - held)));
      }
    }
    byte[] palette = colorType == 3 ? chunk("PLTE", new byte[3 << depth]) : new byte[0];
    return join(
        PNG_SIGNATURE,
        header(height, width, depth, colorType),
        palette,
        chunk("IDAT", deflate(rows.toByteArray())),
        chunk("IEND", new byte[0]));
  }

  static byte[] header(int height, int width, int depth, int colorType) {
    return chunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) depth)
            .put((byte) colorType)
            .array());
  }

  static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater();
    deflater.setInput(data);
    deflater.finish();
    byte[] out = new byte[data.length + 64];
    int length = deflater.deflate(out);
    deflater.end();
    return ByteBuffer.allocate(length).put(out, 0, length).array();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A file of 0xRRGGBB pixels, or of palette indexes where {@code colors} is not 0. */
  static byte[] encode(String format, int[] values, int height, int width, int colors) {
    BufferedImage image =
        colors == 0
            ? new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)
            : indexed(values, height, width, colors, format.equals("bmp"));
    if (colors == 0) {
      image.setRGB(0, 0, width, height, values, 0, width);
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, out)) {
        throw new AssertionError("no writer for " + format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage indexed(
      int[] values, int height, int width, int colors, boolean packed) {
    byte[] ramp = new byte[colors];
    byte[] fixed = new byte[colors];
    for (int i = 0; i < colors; i++) {
      // All different and not gray, so that a writer cannot take the palette for a gray ramp.
      ramp[i] = (byte) (255 - i);
      fixed[i] = 7;
    }
    // ImageIO's BMP writer takes whole bytes for packed samples.
    int bits = !packed || colors > 16 ? 8 : colors > 2 ? 4 : 1;
    IndexColorModel palette = new IndexColorModel(bits, colors, ramp, fixed, ramp);
    WritableRaster raster =
        bits == 8
            ? Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 1, null)
            : Raster.createPackedRaster(DataBuffer.TYPE_BYTE, width, height, 1, bits, null);
    raster.setSamples(0, 0, width, height, 0, values);
    return new BufferedImage(palette, raster, false, null);
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
