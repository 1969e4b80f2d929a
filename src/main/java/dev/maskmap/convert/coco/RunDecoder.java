package dev.maskmap.convert.coco;

import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;

/**
 * Builds a mask from lengths of runs, background first. It takes one length after another and keeps
 * none of them, so its memory is that of the mask. Used by one thread.
 */
final class RunDecoder {
  private final int height;
  private final int width;
  private final int pixels;
  private final byte[] rows;
  private int runs;
  private int position;

  /** A decoder of a mask of at most 2^31 - 1 pixels. */
  RunDecoder(int height, int width) {
    this(height, width, new byte[(height + 7) / 8 * width]);
  }

  /** A decoder that adds to the mask {@code rows}, packed down the columns. */
  RunDecoder(int height, int width, byte[] rows) {
    this.height = height;
    this.width = width;
    this.pixels = Math.multiplyExact(height, width);
    this.rows = rows;
  }

  /**
   * Takes the length of the next run.
   *
   * @throws IOException if it is negative or goes past the last pixel
   */
  void add(long length) throws IOException {
    if (length < 0) {
      throw new IOException(
          "run %d of its counts is %d: lengths are not negative".formatted(runs, length));
    }
    if (length > pixels - position) {
      throw new IOException(
          "its counts go past the last of %d x %d pixels (height x width) with run %d, of %d"
              .formatted(height, width, runs, length));
    }
    if ((runs & 1) == 1) {
      Runs.fill(rows, height, width, position, (int) length);
    }
    position += (int) length;
    runs++;
  }

  /** Returns the mask, which shares this decoder's memory, as {@link #finish} checks it. */
  PackedMask mask() throws IOException {
    finish();
    return new PackedMask(height, width, rows);
  }

  /**
   * Says that this was the last length.
   *
   * @throws IOException if the lengths do not reach the last pixel
   */
  void finish() throws IOException {
    if (position != pixels) {
      throw new IOException(
          "its %d counts sum to %d: expected %d, which is %d x %d (height x width)"
              .formatted(runs, position, pixels, height, width));
    }
  }
}
