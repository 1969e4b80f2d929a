package dev.maskmap.convert;

import java.io.IOException;

/** Where decoded masks go: called by one thread, in the order of the files. */
@FunctionalInterface
public interface MaskSink {
  /**
   * Takes one mask.
   *
   * @param name unique in the import
   * @param height rows, the same for all masks of one import
   * @param width pixels in a row, the same for all masks of one import
   * @param pixels {@code height * width} bytes of 0 and 1, row by row; the sink may keep them
   * @throws IOException if it cannot be stored; ends the import
   */
  void add(String name, int height, int width, byte[] pixels) throws IOException;
}
