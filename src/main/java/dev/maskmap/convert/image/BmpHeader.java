package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelLimit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The header of a BMP file (BITMAPFILEHEADER and BITMAPINFOHEADER), read for its limits only. */
final class BmpHeader {
  private static final int CORE_BYTES = 12;
  private static final int INFO_BYTES = 40;
  private static final int PIXELS_AT = 10;
  private static final int HEADER_AT = 14;
  private static final int BITFIELDS = 3;

  private BmpHeader() {}

  /**
   * Checks size, compression and that all pixels are there; ImageIO fills what is missing silently.
   *
   * @throws IOException if the file is truncated, corrupt, too large or of an unusual compression
   */
  static void check(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    require(in, HEADER_AT + 4L);
    int headerBytes = in.getInt(HEADER_AT);
    if (headerBytes != CORE_BYTES && headerBytes < INFO_BYTES) {
      throw new IOException("corrupt BMP: a header of %d bytes".formatted(headerBytes));
    }
    require(in, HEADER_AT + (long) headerBytes);
    if (headerBytes == CORE_BYTES) {
      int width = in.getShort(18) & 0xFFFF;
      int height = in.getShort(20) & 0xFFFF;
      checkPixels(in, height, width, in.getShort(24));
    } else {
      checkInfo(in);
    }
  }

  private static void checkInfo(ByteBuffer in) throws IOException {
    int width = in.getInt(18);
    int height = Math.abs(in.getInt(22));
    int compression = in.getInt(30);
    if (compression < 0 || compression > BITFIELDS) {
      throw new IOException("a BMP of compression %d is not read".formatted(compression));
    }
    if (compression == 0 || compression == BITFIELDS) {
      checkPixels(in, height, width, in.getShort(28));
    } else {
      PixelLimit.check(height, width);
      require(in, offset(in) + (in.getInt(34) & 0xFFFFFFFFL));
    }
  }

  private static void checkPixels(ByteBuffer in, int height, int width, int bits)
      throws IOException {
    PixelLimit.check(height, width);
    long rowBytes = ((long) width * (bits & 0xFFFF) + 31) / 32 * 4;
    require(in, offset(in) + rowBytes * height);
  }

  private static long offset(ByteBuffer in) {
    return in.getInt(PIXELS_AT) & 0xFFFFFFFFL;
  }

  private static void require(ByteBuffer in, long bytes) throws IOException {
    if (in.limit() < bytes) {
      throw new IOException(
          "truncated BMP: %d bytes, where its header asks for %d".formatted(in.limit(), bytes));
    }
  }
}
