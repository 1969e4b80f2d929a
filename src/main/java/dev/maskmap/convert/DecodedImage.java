package dev.maskmap.convert;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The pixels of one image file as the file stores them: no palette looked up, no colour converted.
 *
 * @param file where it was read from, for messages
 * @param height rows of pixels, at least 1
 * @param width pixels in a row, at least 1
 * @param kind what a value stands for
 * @param values {@code height * width} values, row by row
 */
public record DecodedImage(Path file, int height, int width, Kind kind, PixelValues values) {

  /** What the value of a pixel stands for. */
  public enum Kind {
    /** The sample itself, 0 to 1, 3, 15, 255 or 65,535 by the depth of the file. */
    GRAY,
    /** The index into the palette, not the colour found there. */
    INDEXED,
    /** {@code 0xRRGGBB}. */
    COLOR;

    /** Returns {@code value} as people write it: {@code gray 255}, {@code index 3}, #FF0000. */
    String label(int value) {
      return switch (this) {
        case GRAY -> "gray " + value;
        case INDEXED -> "index " + value;
        case COLOR -> String.format(Locale.ROOT, "#%06X", value);
      };
    }
  }

  /** Checks that there is one value a pixel. */
  public DecodedImage {
    if (height < 1 || width < 1 || (long) height * width != values.length()) {
      throw new IllegalArgumentException(
          "%d values for %d x %d pixels".formatted(values.length(), height, width));
    }
  }

  /** Returns the size as messages give it, height first: {@code 1080 x 1920}. */
  String size() {
    return height + " x " + width;
  }
}
