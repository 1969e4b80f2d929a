package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The chunks of a WebP file (RFC 9649, section 2), checked for completeness. */
final class WebpChunks {
  private static final int RIFF_HEADER = 8;
  private static final int FIRST_CHUNK = 12;

  private WebpChunks() {}

  /**
   * Checks that the file is whole and one image, and says whether it is of the lossy kind.
   *
   * @throws IOException if it is truncated, animated or without image
   */
  static boolean check(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long end = RIFF_HEADER + (in.getInt(4) & 0xFFFFFFFFL);
    require(file, end);
    boolean lossy = false;
    boolean lossless = false;
    for (long at = FIRST_CHUNK; at < end; ) {
      require(file, at + RIFF_HEADER);
      String type = new String(file, (int) at, 4, ISO_8859_1);
      if (type.equals("ANIM") || type.equals("ANMF")) {
        throw new IOException("an animated WebP; a mask is one image");
      }
      lossy |= type.equals("VP8 ");
      lossless |= type.equals("VP8L");
      long length = in.getInt((int) at + 4) & 0xFFFFFFFFL;
      at += RIFF_HEADER + length;
      require(file, at);
      at += length & 1;
    }
    if (!lossy && !lossless) {
      throw new IOException("corrupt WebP: it holds no image");
    }
    return lossy;
  }

  private static void require(byte[] file, long bytes) throws IOException {
    if (file.length < bytes) {
      throw new IOException(
          "truncated WebP: %d bytes, where its chunks need %d".formatted(file.length, bytes));
    }
  }
}
