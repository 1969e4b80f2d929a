package dev.maskmap.convert.coco;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The images of a file by number, whichever of its sections names them first: ids, names and sizes,
 * some 50 bytes and the texts each. Used by one thread while it grows; read by any number
 * afterwards.
 */
final class ImageTable {
  private final TextIndex ids = new TextIndex();
  private final TextPool names = new TextPool();
  private final TextPool segmentFiles = new TextPool();
  private final BitSet declared = new BitSet();
  private final BitSet numbered = new BitSet();

  /** Numbers in the pools plus one; 0 for none. */
  private int[] nameOf = new int[64];

  private int[] segmentFileOf = new int[64];

  /** Images in the order in which they were declared. */
  private int[] sequence = new int[64];

  private int declarations;
  private int[] heights = new int[64];
  private int[] widths = new int[64];

  /** Returns the number of the image with this id. */
  int number(String id) throws IOException {
    int image = ids.intern(id);
    if (image == heights.length) {
      int size = TextPool.grown(image);
      nameOf = Arrays.copyOf(nameOf, size);
      segmentFileOf = Arrays.copyOf(segmentFileOf, size);
      heights = Arrays.copyOf(heights, size);
      widths = Arrays.copyOf(widths, size);
    }
    return image;
  }

  /** Returns the number of the image with this id, or -1. */
  int find(String id) {
    return ids.find(id);
  }

  /** Says what is known of an image; a size of 0 is unknown. */
  void declare(int image, int height, int width) {
    if (!declared.get(image)) {
      declared.set(image);
      if (declarations == sequence.length) {
        sequence = Arrays.copyOf(sequence, TextPool.grown(declarations));
      }
      sequence[declarations++] = image;
    }
    heights[image] = height;
    widths[image] = width;
  }

  void setName(int image, String name) throws IOException {
    nameOf[image] = names.add(name) + 1;
  }

  /** Says that the name is only a number within the file. */
  void setNumbered(int image) {
    numbered.set(image);
  }

  boolean isNumbered(int image) {
    return numbered.get(image);
  }

  /** Sets the name of the image of segments that belongs to {@code image}. */
  void setSegmentFile(int image, String name) throws IOException {
    segmentFileOf[image] = segmentFiles.add(name) + 1;
  }

  int size() {
    return ids.size();
  }

  /** Returns all images: those of the list of images in its order, then others as they came. */
  int[] inOrder() {
    int[] order = Arrays.copyOf(sequence, size());
    int next = declarations;
    for (int image = declared.nextClearBit(0); image < size(); ) {
      order[next++] = image;
      image = declared.nextClearBit(image + 1);
    }
    return order;
  }

  boolean isDeclared(int image) {
    return declared.get(image);
  }

  String id(int image) {
    return ids.get(image);
  }

  /** Returns the name, or the id where there is none. */
  String name(int image) {
    return nameOf[image] == 0 ? id(image) : names.get(nameOf[image] - 1);
  }

  boolean hasSegmentFile(int image) {
    return segmentFileOf[image] != 0;
  }

  String segmentFile(int image) {
    return segmentFiles.get(segmentFileOf[image] - 1);
  }

  /** Returns the rows of pixels, or 0 where the file does not say. */
  int height(int image) {
    return heights[image];
  }

  /** Returns the pixels in a row, or 0 where the file does not say. */
  int width(int image) {
    return widths[image];
  }
}
