package dev.maskmap.convert;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** The sizes of many masks, eight bytes each. Not thread-safe. */
public final class ImportSizes {
  private long[] sizes = new long[16];
  private int count;
  private long pixels;
  private boolean different;

  /** Adds one mask. */
  void add(int height, int width) {
    if (count == sizes.length) {
      sizes = Arrays.copyOf(sizes, 2 * count);
    }
    long size = (long) height << 32 | width;
    different |= count > 0 && size != sizes[0];
    sizes[count++] = size;
    pixels += (long) height * width;
  }

  /** Returns the pixels of all masks. */
  public long pixels() {
    return pixels;
  }

  /** Says whether there are masks of different sizes. */
  public boolean different() {
    return different;
  }

  /**
   * Returns {@code 1,000 masks of 1080 x 1920 pixels (height x width)}, or what they range over.
   */
  public String describe() {
    return describe("mask");
  }

  /** Returns the same of things that are called otherwise. */
  public String describe(String noun) {
    if (!different) {
      return String.format(
          Locale.ROOT,
          "%s of %s pixels (height x width)",
          number(noun),
          count == 0 ? "no" : text(sizes[0], " x "));
    }
    Long[] byArea = new Long[count];
    Arrays.setAll(byArea, i -> sizes[i]);
    Arrays.sort(byArea, Comparator.comparingLong(ImportSizes::area).thenComparing(s -> s));
    return "%s of different sizes, %s to %s, median %s (height x width)"
        .formatted(
            number(noun),
            text(byArea[0], "x"),
            text(byArea[count - 1], "x"),
            text(byArea[(count - 1) / 2], "x"));
  }

  private String number(String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  private static long area(long size) {
    return (size >>> 32) * (int) size;
  }

  private static String text(long size, String by) {
    return (size >>> 32) + by + (int) size;
  }
}
