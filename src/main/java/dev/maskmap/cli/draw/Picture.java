package dev.maskmap.cli.draw;

import dev.maskmap.Region;
import java.io.IOException;

/** The image that a mask belongs to. Its pixels are read when they are asked for. */
public interface Picture {
  /** What messages call it. */
  String name();

  /** Rows. */
  int height();

  /** Pixels in a row. */
  int width();

  /**
   * Returns a part of it, row by row as {@code 0xRRGGBB}, scaled down so that one pixel is the mean
   * of {@code factor} by {@code factor}, or of fewer at the end of a row or column.
   *
   * @param region within the image
   * @throws IOException if it cannot be read; begins with {@link #name}
   */
  int[] read(Region region, int factor) throws IOException;
}
