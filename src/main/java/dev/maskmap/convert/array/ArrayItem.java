package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import java.io.IOException;

/**
 * One mask of an array.
 *
 * @param name of the mask
 * @param origin what messages call it
 * @param bytes of input that it stands for
 * @param reading gives its pixels
 */
record ArrayItem(String name, String origin, long bytes, Reading reading) implements MaskItem {
  /** Gives the pixels of one mask; its exceptions do not name the origin. */
  @FunctionalInterface
  interface Reading {
    MaskPixels read() throws IOException;
  }

  /** Returns an item that cannot be read, so that those behind it still can. */
  static ArrayItem refused(String name, String origin, long bytes, IOException reason) {
    return new ArrayItem(
        name,
        origin,
        bytes,
        () -> {
          throw reason;
        });
  }

  @Override
  public MaskPixels read() throws IOException {
    try {
      return reading.read();
    } catch (IOException e) {
      throw Refusal.at(origin, e);
    } catch (OutOfMemoryError e) {
      throw Refusal.at(origin, e);
    }
  }
}
