package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelLimit;
import java.io.IOException;

/**
 * Checks where the strips or tiles of a TIFF page are said to be, before the library takes memory
 * for the pixels (TIFF 6.0, sections 3 and 15). What is in them is checked by the library.
 */
final class TiffChunks {
  private static final int NONE = 1;
  private static final int LZW = 5;
  private static final int PACK_BITS = 32_773;

  private final TiffInput in;
  private final TiffDirectory tags;
  private final TiffLayout layout;
  private final int compression;
  private final boolean tiled;

  private TiffChunks(TiffInput in, TiffDirectory tags, TiffLayout layout) throws IOException {
    this.in = in;
    this.tags = tags;
    this.layout = layout;
    this.compression = (int) tags.number(259, NONE);
    this.tiled = tags.has(322);
  }

  /**
   * Checks that all chunks lie in the file and can hold the pixels.
   *
   * @throws IOException if not, or if they are of a compression that is not read
   */
  static void check(TiffInput in, TiffDirectory tags, TiffLayout layout) throws IOException {
    TiffChunks chunks = new TiffChunks(in, tags, layout);
    chunks.checkCompression();
    chunks.checkBytes(chunks.storedBytes(chunks.count()));
  }

  private void checkCompression() throws IOException {
    boolean known =
        switch (compression) {
          case NONE, 2, 3, 4, LZW, 8, 32_946, PACK_BITS -> true;
          default -> false;
        };
    if (!known) {
      throw new IOException(
          "a TIFF of compression %d%s, which is not read; save it with deflate or LZW, or as PNG"
              .formatted(compression, compression == 6 || compression == 7 ? " (JPEG)" : ""));
    }
    if (fax() && (layout.bits() != 1 || layout.samples() != 1)) {
      throw new IOException("corrupt TIFF: fax compression of more than one bit a pixel");
    }
  }

  private boolean fax() {
    return compression >= 2 && compression <= 4;
  }

  private long count() throws IOException {
    long height =
        tiled ? tags.size(323) : Math.min(tags.number(278, layout.height()), layout.height());
    long width = tiled ? tags.size(322) : layout.width();
    PixelLimit.check((int) height, (int) width);
    long across = (layout.width() + width - 1) / width;
    // Of a tile that is wider than the image, all of each row is decoded.
    if (across * width * layout.height() > 4L * PixelLimit.PIXELS) {
      throw new IOException("corrupt TIFF: tiles of %d pixels a row".formatted(width));
    }
    long planes = tags.number(284, 1) == 2 ? layout.samples() : 1;
    return across * ((layout.height() + height - 1) / height) * planes;
  }

  /** Some writers leave lengths out where nothing is compressed. */
  private long storedBytes(long count) throws IOException {
    // Some writers give the offsets of tiles as those of strips.
    long[] offsets = tags.numbers(tiled && tags.has(324) ? 324 : 273, count);
    int lengthTag = tiled && tags.has(325) ? 325 : 279;
    if (!tags.has(lengthTag) && compression == NONE) {
      return in.size();
    }
    long[] lengths = tags.numbers(lengthTag, count);
    long sum = 0;
    for (int i = 0; i < offsets.length; i++) {
      in.require(offsets[i], lengths[i]);
      if (lengths[i] == 0) {
        // The library would decode whatever is where it is said to be.
        throw new IOException("a TIFF with an empty strip or tile, which is not read");
      }
      sum += lengths[i];
    }
    return sum;
  }

  private void checkBytes(long stored) throws IOException {
    long rowBytes = ((long) layout.width() * layout.samples() * layout.bits() + 7) / 8;
    // A row of the fax methods takes a bit at least, whatever its length.
    long least = fax() ? layout.height() / 8 : layout.height() * rowBytes / maxRatio();
    if (least > stored) {
      throw new IOException(
          "truncated or corrupt TIFF: %d bytes of image data cannot hold its %d x %d pixels"
              .formatted(stored, layout.height(), layout.width()));
    }
  }

  /** Returns how many bytes of pixels a byte of data can hold at best: deflate else. */
  private long maxRatio() {
    return switch (compression) {
      case NONE -> 1;
      case PACK_BITS -> 64;
      case LZW -> 4096;
      default -> 1032;
    };
  }
}
