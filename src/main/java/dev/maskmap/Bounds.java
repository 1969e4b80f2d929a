package dev.maskmap;

import dev.maskmap.internal.files.Destinations;
import java.lang.foreign.MemorySegment;

/** The one place where the ranges of public calls are checked, once a call and without overflow. */
final class Bounds {
  private Bounds() {}

  static void checkMask(MaskStore store, long mask) {
    if (mask < 0 || mask >= store.size()) {
      throw new IndexOutOfBoundsException(
          "mask %d of %s: it holds masks 0 to %d".formatted(mask, store.path(), store.size() - 1));
    }
  }

  /**
   * @param local the mask's index among {@code shapes}
   */
  static void checkPixel(MaskStore store, long mask, Shapes shapes, long local, int y, int x) {
    int height = shapes.height(local);
    int width = shapes.width(local);
    if (y < 0 || y >= height || x < 0 || x >= width) {
      throw new IndexOutOfBoundsException(
          "pixel y %d, x %d of mask %d of %s: it has %d rows and %d columns"
              .formatted(y, x, mask, store.path(), height, width));
    }
  }

  /**
   * @param local the mask's index among {@code shapes}
   */
  static void checkPatch(
      MaskStore store, long mask, Shapes shapes, long local, int y, int x, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "patch of %dx%d: expected at least one row and one column".formatted(height, width));
    }
    int maskHeight = shapes.height(local);
    int maskWidth = shapes.width(local);
    if (y < 0 || x < 0 || y > maskHeight - height || x > maskWidth - width) {
      throw new IndexOutOfBoundsException(
          "patch of %dx%d at y %d, x %d leaves mask %d of %s, which is %dx%d"
              .formatted(height, width, y, x, mask, store.path(), maskHeight, maskWidth));
    }
  }

  static void checkDestination(
      MemorySegment dst, long offset, int rows, long rowBytes, long rowStride) {
    Destinations.check(dst, offset, rows, rowBytes, rowStride);
  }
}
