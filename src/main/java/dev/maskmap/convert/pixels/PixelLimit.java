package dev.maskmap.convert.pixels;

import java.io.IOException;

/** The largest image that is decoded, so that a header alone cannot exhaust the memory. */
public final class PixelLimit {
  /** 16,384 x 16,384: four samples of each pixel still fit an array that an int indexes. */
  public static final int PIXELS = 1 << 28;

  private PixelLimit() {}

  /**
   * Checks the size that a header gives.
   *
   * @throws IOException if a side is not positive or there are more than {@link #PIXELS} pixels
   */
  public static void check(int height, int width) throws IOException {
    if (height < 1 || width < 1) {
      throw new IOException("corrupt header: %d x %d pixels".formatted(height, width));
    }
    if ((long) height * width > PIXELS) {
      throw new IOException(
          "its header says %d x %d pixels, more than the %d (16384 x 16384) that are read"
              .formatted(height, width, PIXELS));
    }
  }
}
