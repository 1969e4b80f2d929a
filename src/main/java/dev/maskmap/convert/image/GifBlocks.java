package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelLimit;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a GIF file (GIF89a specification), walked up to the trailer: ImageIO returns
 * partial pictures for files that were cut short, and has to decode all frames to count them.
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
  private int at;
  private int frames;
  private boolean covered = true;
  private Image image = new Image(0, 0, new int[0], NO_INDEX);
  private int @Nullable [] palette;
  private int transparent = NO_INDEX;

  private GifBlocks(byte[] file) {
    this.file = file;
  }

  /**
   * What is said of the image.
   *
   * @param height rows
   * @param width pixels in a row
   * @param palette 256 colours {@code 0xRRGGBB}, those that the file leaves out black
   * @param transparent the index that stands for no colour, or {@link #NO_INDEX}
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Image(int height, int width, int[] palette, int transparent) {}

  /**
   * Checks that the file is complete and holds exactly one frame, as large as its canvas.
   *
   * @throws IOException if it is truncated, corrupt, animated or too large, or Java's reader would
   *     get it wrong
   */
  static Image check(byte[] file) throws IOException {
    GifBlocks blocks = new GifBlocks(file);
    blocks.walk();
    if (blocks.frames != 1) {
      throw new IOException("a GIF of %d frames; a mask is one".formatted(blocks.frames));
    }
    if (!blocks.covered) {
      throw new IOException("a GIF whose frame does not cover its canvas");
    }
    return blocks.image;
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
    skipSubBlocks();
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
    at += 9;
    readPalette(flags);
    if (palette == null) {
      throw new IOException("a GIF without palette, which is not read; save it as PNG");
    }
    image = new Image(height, width, palette, transparent);
    // The bits of an index.
    at++;
    skipSubBlocks();
  }

  private void skipSubBlocks() throws IOException {
    for (int length = next(); length != 0; length = next()) {
      at += length;
    }
  }

  private void readPalette(int flags) throws IOException {
    if ((flags & 0x80) == 0) {
      return;
    }
    int[] colors = new int[256];
    for (int i = 0; i < 2 << (flags & 7); i++) {
      colors[i] = next() << 16 | next() << 8 | next();
    }
    palette = colors;
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
