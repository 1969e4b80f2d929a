package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelLimit;
import java.io.IOException;

/**
 * The blocks of a GIF file (GIF89a specification), walked up to the trailer: ImageIO returns
 * partial pictures for files that were cut short, and has to decode all frames to count them.
 */
final class GifBlocks {
  private static final int HEADER_BYTES = 13;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int INTERLACED = 0x40;
  private static final int TRAILER = 0x3B;

  private final byte[] file;
  private int at;
  private int frames;
  private boolean covered = true;

  private GifBlocks(byte[] file) {
    this.file = file;
  }

  /**
   * Checks that the file is complete and holds exactly one frame, as large as its canvas.
   *
   * @throws IOException if it is truncated, corrupt, animated or too large
   */
  static void check(byte[] file) throws IOException {
    GifBlocks blocks = new GifBlocks(file);
    blocks.walk();
    if (blocks.frames != 1) {
      throw new IOException("a GIF of %d frames; a mask is one".formatted(blocks.frames));
    }
    if (!blocks.covered) {
      throw new IOException("a GIF whose frame does not cover its canvas");
    }
  }

  private void walk() throws IOException {
    at = HEADER_BYTES;
    at += tableBytes(byteAt(10));
    for (int block = next(); block != TRAILER; block = next()) {
      switch (block) {
        case EXTENSION -> at++;
        case IMAGE -> visitImage();
        default ->
            throw new IOException("corrupt GIF: block 0x%02x at byte %d".formatted(block, at - 1));
      }
      skipSubBlocks();
    }
  }

  private void visitImage() throws IOException {
    int width = shortAt(at + 4);
    int height = shortAt(at + 6);
    PixelLimit.check(height, width);
    covered &= shortAt(at) == 0 && shortAt(at + 2) == 0;
    covered &= width == shortAt(6) && height == shortAt(8);
    frames++;
    int flags = byteAt(at + 8);
    // JDK 25's reader mixes up their rows, silently; from five rows on it is right.
    if ((flags & INTERLACED) != 0 && height > 1 && height < 5) {
      throw new IOException(
          "an interlaced GIF of only %d rows, which Java's reader gets wrong; save it as PNG"
              .formatted(height));
    }
    at += 9 + tableBytes(flags) + 1;
  }

  private void skipSubBlocks() throws IOException {
    for (int length = next(); length != 0; length = next()) {
      at += length;
    }
  }

  private static int tableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private int next() throws IOException {
    return byteAt(at++);
  }

  private int shortAt(int index) throws IOException {
    return byteAt(index) | (byteAt(index + 1) << 8);
  }

  private int byteAt(int index) throws IOException {
    if (index >= file.length) {
      throw new IOException(
          "truncated GIF: it ends at byte %d, before its trailer".formatted(file.length));
    }
    return file[index] & 0xFF;
  }
}
