package dev.maskmap.convert.coco;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;

/**
 * Texts by number, as UTF-8 in one array: an annotation's id takes its 6 to 12 bytes and 4 more,
 * where a String takes 56. Used by one thread while it grows; read by any number afterwards.
 */
final class TextPool {
  private byte[] bytes = new byte[1024];
  private int[] ends = new int[64];
  private int size;

  /**
   * Adds a text and returns its number: the texts that were added before it.
   *
   * @throws IOException if all texts together exceed 2^30 bytes
   */
  int add(byte[] text) throws IOException {
    int start = end(size - 1);
    if (text.length > (1 << 30) - start) {
      throw new IOException("its names and ids take more than 2^30 bytes: split the file");
    }
    if (start + text.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(start + text.length, grown(bytes.length)));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, grown(size));
    }
    System.arraycopy(text, 0, bytes, start, text.length);
    ends[size] = start + text.length;
    return size++;
  }

  /** Adds a text, as {@link #add(byte[])} does. */
  int add(String text) throws IOException {
    return add(text.getBytes(UTF_8));
  }

  /** Returns how many texts there are. */
  int size() {
    return size;
  }

  /** Returns text {@code number}. */
  String get(int number) {
    int start = end(number - 1);
    return new String(bytes, start, ends[number] - start, UTF_8);
  }

  /** Says whether text {@code number} has exactly these bytes. */
  boolean equals(int number, byte[] text) {
    return Arrays.equals(bytes, end(number - 1), ends[number], text, 0, text.length);
  }

  /** Returns a length for an array that was full with {@code size} elements. */
  static int grown(int size) {
    return Math.max(16, size + (size >> 1));
  }

  private int end(int number) {
    return number < 0 ? 0 : ends[number];
  }
}
