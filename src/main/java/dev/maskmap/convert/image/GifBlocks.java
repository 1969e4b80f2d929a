package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The blocks of a GIF file (GIF89a specification), walked up to the trailer. What the one image of
 * the file needs is kept. Used by one thread.
 */
final class GifBlocks {
  static final int NO_INDEX = -1;

  private static final int HEADER_BYTES = 13;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int IMAGE = 0x2C;
  private static final int INTERLACED = 0x40;
  private static final int TRAILER = 0x3B;

  private final byte[] file;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private int at;
  private int frames;
  private boolean covered = true;
  private Image image = new Image(0, 0, false, new int[0], NO_INDEX, 0);
  private int[] palette = new int[256];
  private int transparent = NO_INDEX;

  private GifBlocks(byte[] file) {
    this.file = file;
  }

  /**
   * What is said of the image.
   *
   * @param height rows
   * @param width pixels in a row
   * @param interlaced whether the rows come in four passes
   * @param palette 256 colours {@code 0xRRGGBB}, those that the file leaves out black
   * @param transparent the index that stands for no colour, or {@link #NO_INDEX}
   * @param bits of an index
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Image(
      int height, int width, boolean interlaced, int[] palette, int transparent, int bits) {}

  /**
   * Checks that the file is complete and holds exactly one frame, as large as its canvas.
   *
   * @throws IOException if it is truncated, corrupt, animated or too large
   */
  static GifBlocks read(byte[] file) throws IOException {
    GifBlocks blocks = new GifBlocks(file);
    blocks.walk();
    if (blocks.frames != 1) {
      throw new IOException("a GIF of %d frames; a mask is one".formatted(blocks.frames));
    }
    if (!blocks.covered) {
      throw new IOException("a GIF whose frame does not cover its canvas");
    }
    return blocks;
  }

  Image image() {
    return image;
  }

  /** Returns the coded pixels of the image. */
  byte[] data() {
    return data.toByteArray();
  }

  private void walk() throws IOException {
    at = HEADER_BYTES;
    readPalette(byteAt(10));
    for (int block = next(); block != TRAILER; block = next()) {
      switch (block) {
        case EXTENSION -> visitExtension();
        case IMAGE -> visitImage();
        default ->
            throw new IOException("corrupt GIF: block 0x%02x at byte %d".formatted(block, at - 1));
      }
    }
  }

  private void visitExtension() throws IOException {
    // The block before an image that says how to show it: one sub-block of four bytes.
    if (next() == GRAPHIC_CONTROL && byteAt(at) >= 4) {
      transparent = (byteAt(at + 1) & 1) == 0 ? NO_INDEX : byteAt(at + 4);
    }
    skipSubBlocks(false);
  }

  private void visitImage() throws IOException {
    int width = shortAt(at + 4);
    int height = shortAt(at + 6);
    PixelLimit.check(height, width);
    covered &= shortAt(at) == 0 && shortAt(at + 2) == 0;
    covered &= width == shortAt(6) && height == shortAt(8);
    frames++;
    int flags = byteAt(at + 8);
    at += 9;
    readPalette(flags);
    boolean interlaced = (flags & INTERLACED) != 0;
    image = new Image(height, width, interlaced, palette, transparent, next());
    skipSubBlocks(frames == 1);
  }

  private void skipSubBlocks(boolean keep) throws IOException {
    for (int length = next(); length != 0; length = next()) {
      byteAt(at + length);
      if (keep) {
        data.write(file, at, length);
      }
      at += length;
    }
  }

  private void readPalette(int flags) throws IOException {
    if ((flags & 0x80) == 0) {
      return;
    }
    palette = new int[256];
    for (int i = 0; i < 2 << (flags & 7); i++) {
      palette[i] = next() << 16 | next() << 8 | next();
    }
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
