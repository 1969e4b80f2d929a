package dev.maskmap.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** How large images are, and where they begin. */
sealed interface ImageSizes {
  long images();

  int height(long image);

  int width(long image);

  /** The sample of the mapped array at which an image begins. */
  long start(long image);

  /** All of one size, one directly behind the other. */
  record Uniform(long images, int height, int width, int channels) implements ImageSizes {
    @Override
    public int height(long image) {
      return height;
    }

    @Override
    public int width(long image) {
      return width;
    }

    @Override
    public long start(long image) {
      return image * height * width * channels;
    }
  }

  /**
   * Of different sizes. What is read from the maps becomes an address, so it is checked at each
   * use.
   *
   * @param folder of the store
   * @param shapes height and width of each image
   * @param offsets the first sample of each image, then the end
   * @param samples of all images, with what lies between them
   */
  record Ragged(
      Path folder, MemorySegment shapes, MemorySegment offsets, int channels, long samples)
      implements ImageSizes {
    private static final ValueLayout.OfInt INT =
        ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public long images() {
      return shapes.byteSize() / (2 * Integer.BYTES);
    }

    @Override
    public int height(long image) {
      return side(image, 2 * image);
    }

    @Override
    public int width(long image) {
      return side(image, 2 * image + 1);
    }

    private int side(long image, long at) {
      int pixels = shapes.getAtIndex(INT, at);
      if (pixels < 1) {
        throw damaged(
            ImageFiles.SHAPES, "image %d has a side of %d pixels".formatted(image, pixels));
      }
      return pixels;
    }

    @Override
    public long start(long image) {
      long start = offsets.getAtIndex(LONG, image);
      long pixels = (long) height(image) * width(image);
      if (start < 0 || start > samples || pixels > (samples - start) / channels) {
        throw damaged(
            ImageFiles.OFFSETS,
            "image %d has %d pixels of %d samples from sample %d on, and %s has %d"
                .formatted(image, pixels, channels, start, ImageFiles.PIXELS, samples));
      }
      return start;
    }

    private IllegalStateException damaged(String file, String what) {
      return new IllegalStateException(
          "%s: damaged: %s; copy the store again".formatted(folder.resolve(file), what));
    }
  }
}
