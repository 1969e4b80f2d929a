package dev.maskmap.image;

import dev.maskmap.internal.files.Destinations;
import java.lang.foreign.MemorySegment;

/** The one place where the ranges of public calls are checked, once a call and without overflow. */
final class Bounds {
  private Bounds() {}

  static void checkImage(ImageStore store, long image) {
    if (image < 0 || image >= store.size()) {
      throw new IndexOutOfBoundsException(
          "image %d of %s: it holds images 0 to %d"
              .formatted(image, store.path(), store.size() - 1));
    }
  }

  static void checkCrop(ImageStore store, long image, int y, int x, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "crop of %dx%d: expected at least one row and one column".formatted(height, width));
    }
    int imageHeight = store.sizes().height(image);
    int imageWidth = store.sizes().width(image);
    if (y < 0 || x < 0 || y > imageHeight - height || x > imageWidth - width) {
      throw new IndexOutOfBoundsException(
          "crop of %dx%d at y %d, x %d leaves image %d%s of %s, which is %dx%d"
              .formatted(
                  height,
                  width,
                  y,
                  x,
                  image,
                  named(store, image),
                  store.path(),
                  imageHeight,
                  imageWidth));
    }
  }

  private static String named(ImageStore store, long image) {
    return store.hasNames() ? " ('" + store.name(image) + "')" : "";
  }

  static void checkDestination(
      MemorySegment dst, long offset, int rows, long rowBytes, long rowStride) {
    Destinations.check(dst, offset, rows, rowBytes, rowStride);
  }
}
