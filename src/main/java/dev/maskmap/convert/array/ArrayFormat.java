package dev.maskmap.convert.array;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an array does not say about itself.
 *
 * @param packing how eight pixels share a byte, or null for one element a pixel
 * @param littleBits whether the first pixel of a byte is in its least significant bit
 * @param height of each packed mask in pixels, or 0 where the shape tells it
 * @param width of each packed mask in pixels, or 0 where the shape tells it
 * @param headerless what a file without header holds, or null for NPY and NPZ
 * @param member the one array of each archive that is read, without .npy, or null for all of them
 */
public record ArrayFormat(
    @Nullable Packing packing,
    boolean littleBits,
    int height,
    int width,
    @Nullable Headerless headerless,
    @Nullable String member) {

  /** The axis of {@code numpy.packbits}, counted as NumPy counts it in the array it packed. */
  public enum Packing {
    /** Down the columns of (H, W); of each mask by itself where (N, H, W) were packed so. */
    AXIS_0("axis=0"),
    /** Along the rows of (H, W), down the columns of (N, H, W). */
    AXIS_1("axis=1"),
    /** Along the rows of (N, H, W). */
    AXIS_2("axis=2"),
    /** Down the columns, of one mask or several. */
    AXIS_MINUS_2("axis=-2"),
    /** Along the rows, of one mask or several. */
    AXIS_MINUS_1("axis=-1"),
    /** All pixels of a mask one after another, rows not padded. */
    FLAT("flat");

    private final String word;

    Packing(String word) {
      this.word = word;
    }

    /** Returns it as people write it: {@code axis=0}, {@code flat}. */
    public String word() {
      return word;
    }

    /**
     * Reads {@link #word}, in any case.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static Packing of(String text) {
      for (Packing packing : values()) {
        if (packing.word.equals(text.toLowerCase(Locale.ROOT))) {
          return packing;
        }
      }
      throw new IllegalArgumentException(
          "'%s': expected axis=0, axis=1, axis=2, axis=-1, axis=-2 or flat"
              .formatted(Refusal.shown(text)));
    }
  }

  /**
   * What a file without header holds: C order, from {@code offset} to its end.
   *
   * @param masks how many, or 0 for an array of two dimensions, which is one mask
   * @param height of each in pixels, also where they are packed
   * @param width of each in pixels, also where they are packed
   * @param dtype the type of an element: {@code uint8}, {@code |u1}, {@code >f4}
   * @param offset bytes before the array
   */
  public record Headerless(long masks, int height, int width, String dtype, long offset) {
    /**
     * Checks all of them.
     *
     * @throws IllegalArgumentException if {@code dtype} is no number's, or a number out of range
     */
    public Headerless {
      ElementType.named(dtype);
      if (masks < 0 || height < 1 || width < 1 || offset < 0) {
        throw new IllegalArgumentException(
            "%d masks of %d x %d from byte %d: expected positive numbers"
                .formatted(masks, height, width, offset));
      }
    }
  }

  /**
   * Checks that the parts fit each other.
   *
   * @throws IllegalArgumentException if they do not
   */
  public ArrayFormat {
    if (height < 0 || width < 0 || (height == 0) != (width == 0)) {
      throw new IllegalArgumentException("size %d x %d".formatted(height, width));
    }
    if (packing == null && (littleBits || height != 0)) {
      throw new IllegalArgumentException("bit order and size are for packed bits only");
    }
    if (packing == Packing.FLAT && height == 0 && headerless == null) {
      throw new IllegalArgumentException("flat packing does not tell the size of a mask");
    }
    if (packing != null && headerless != null && !canonicalType(headerless.dtype).equals("uint8")) {
      throw new IllegalArgumentException(
          "'%s': packed bits are uint8".formatted(Refusal.shown(headerless.dtype)));
    }
  }

  /** A format of all members of archives. */
  public ArrayFormat(
      @Nullable Packing packing,
      boolean littleBits,
      int height,
      int width,
      @Nullable Headerless headerless) {
    this(packing, littleBits, height, width, headerless, null);
  }

  /** Returns this format for one member of each archive. */
  public ArrayFormat withMember(@Nullable String other) {
    return new ArrayFormat(packing, littleBits, height, width, headerless, other);
  }

  /**
   * Returns NumPy's name of a type, without its byte order: {@code uint8} for {@code |u1}.
   *
   * @param dtype a name such as {@code uint8}, or a code such as {@code |u1} or {@code >f4}
   * @throws IllegalArgumentException if it is not the name of one plain number of up to 8 bytes
   */
  public static String canonicalType(String dtype) {
    return ElementType.named(dtype).name();
  }

  /** Returns the format of arrays that say all of it: one element a pixel, in NPY or NPZ. */
  public static ArrayFormat plain() {
    return new ArrayFormat(null, false, 0, 0, null);
  }
}
