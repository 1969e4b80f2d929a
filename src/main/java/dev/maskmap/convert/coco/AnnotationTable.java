package dev.maskmap.convert.coco;

import java.io.IOException;
import java.util.Arrays;

/**
 * Where the annotations of a file are, in primitive arrays: 21 bytes each, 4 bytes and the text for
 * its id, and 4 for the order by image. A million annotations take some 40 MB, however long their
 * polygons are. Used by one thread while it grows; read by any number afterwards.
 */
final class AnnotationTable {
  /** A region of many objects ({@code iscrowd}). */
  static final int CROWD = 1;

  /** A box or a caption: there is no shape. */
  static final int NO_SHAPE = 2;

  /** An outline in the layout of Scalabel, without run lengths. */
  static final int OUTLINE = 4;

  /** Its shape is in an image of segments. */
  static final int SEGMENT = 8;

  private int[] images = new int[64];
  private int[] categories = new int[64];
  private long[] offsets = new long[64];
  private int[] lengths = new int[64];
  private byte[] flags = new byte[64];
  private final TextPool ids = new TextPool();
  private int[] starts = {0};
  private int[] byImage = {};

  /**
   * Adds an annotation.
   *
   * @param image its image's number, or -1 until {@link #setImages}
   * @param category its category's number, or -1
   * @param offset where its shape begins in the file, in bytes
   * @param length bytes of its shape
   * @param flag {@link #CROWD} and others, or-ed
   */
  void add(String id, int image, int category, long offset, int length, int flag)
      throws IOException {
    int at = ids.add(id);
    if (at == images.length) {
      grow(TextPool.grown(at));
    }
    images[at] = image;
    categories[at] = category;
    offsets[at] = offset;
    lengths[at] = length;
    flags[at] = (byte) flag;
  }

  private void grow(int size) {
    images = Arrays.copyOf(images, size);
    categories = Arrays.copyOf(categories, size);
    offsets = Arrays.copyOf(offsets, size);
    lengths = Arrays.copyOf(lengths, size);
    flags = Arrays.copyOf(flags, size);
  }

  /** Gives all annotations from {@code first} on to {@code image}. */
  void setImages(int first, int image) {
    Arrays.fill(images, first, size(), image);
  }

  /** Sorts by image, keeping the order within one; called once, when all are in. */
  void sort(int imageCount) {
    starts = new int[imageCount + 1];
    for (int at = 0; at < size(); at++) {
      starts[images[at] + 1]++;
    }
    for (int image = 0; image < imageCount; image++) {
      starts[image + 1] += starts[image];
    }
    int[] next = starts.clone();
    byImage = new int[size()];
    for (int at = 0; at < size(); at++) {
      byImage[next[images[at]]++] = at;
    }
  }

  /** Returns the annotations of one image, in the order of the file. */
  int[] of(int image) {
    return Arrays.copyOfRange(byImage, starts[image], starts[image + 1]);
  }

  int size() {
    return ids.size();
  }

  String id(int at) {
    return ids.get(at);
  }

  int image(int at) {
    return images[at];
  }

  int category(int at) {
    return categories[at];
  }

  long offset(int at) {
    return offsets[at];
  }

  int length(int at) {
    return lengths[at];
  }

  boolean is(int at, int flag) {
    return (flags[at] & flag) != 0;
  }
}
