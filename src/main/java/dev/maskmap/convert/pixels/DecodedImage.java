package dev.maskmap.convert.pixels;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The pixels of one image as its file stores them: no palette looked up, no colour converted.
 *
 * @param origin where it was read from, for messages
 * @param height rows of pixels, at least 1
 * @param width pixels in a row, at least 1
 * @param kind what a value stands for
 * @param values {@code height * width} values, row by row
 * @param palette colours {@code 0xRRGGBB} by index, for {@link Kind#INDEXED}; shared, not copied
 * @param note as {@link MaskPixels#note}
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record DecodedImage(
    String origin,
    int height,
    int width,
    Kind kind,
    PixelValues values,
    int @Nullable [] palette,
    String note)
    implements MaskPixels {

  /** What the value of a pixel stands for. */
  public enum Kind {
    /** The sample itself, 0 to 1, 3, 15, 255 or 65,535 by the depth of the file. */
    GRAY,
    /** The index into the palette, not the colour found there. */
    INDEXED,
    /** {@code 0xRRGGBB}. */
    COLOR,
    /** Opacity: 0 is transparent. */
    ALPHA,
    /** An element of an array, of any sign, perhaps not whole. */
    NUMBER;

    /** Returns {@code value} as people write it: {@code gray 255}, {@code index 3}, #FF0000. */
    public String label(double value) {
      return switch (this) {
        case GRAY -> "gray " + (int) value;
        case INDEXED -> "index " + (int) value;
        case COLOR -> String.format(Locale.ROOT, "#%06X", (int) value);
        case ALPHA -> "alpha " + (int) value;
        case NUMBER -> "value " + number(value);
      };
    }

    private static String number(double value) {
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
      return whole ? Long.toString((long) value) : Double.toString(value);
    }
  }

  /** Checks that there is one value a pixel. */
  public DecodedImage {
    if (height < 1 || width < 1 || (long) height * width != values.length()) {
      throw new IllegalArgumentException(
          "%d values for %d x %d pixels".formatted(values.length(), height, width));
    }
  }

  /** An image without palette about which there is nothing to say. */
  public DecodedImage(String origin, int height, int width, Kind kind, PixelValues values) {
    this(origin, height, width, kind, values, null, "");
  }
}
