package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage.Kind;
import java.util.Locale;
import java.util.regex.Pattern;

/** Class ids as text: whole numbers in decimal digits, colours as RRGGBB. */
final class LabelIds {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}");
  private static final Pattern COLOR = Pattern.compile("#?[0-9a-fA-F]{6}");

  private LabelIds() {}

  /** Returns the id that a pixel's value is; fractions stay as they are and name no class. */
  static String of(Kind kind, double value) {
    if (kind == Kind.COLOR) {
      return String.format(Locale.ROOT, "%06X", (int) value);
    }
    return isWhole(value) ? Long.toString((long) value) : Double.toString(value);
  }

  static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53;
  }

  /** Says whether a user's {@code id} is the one of a value of {@code kind}. */
  static boolean matches(String id, Kind kind, double value) {
    return kind == Kind.COLOR
        ? of(kind, value).equalsIgnoreCase(id.startsWith("#") ? id.substring(1) : id)
        : NUMBER.matcher(id).matches() && Long.parseLong(id) == value;
  }

  /**
   * Checks a user's id.
   *
   * @throws IllegalArgumentException if it is neither a whole number nor a colour
   */
  static String checked(String id) {
    if (!NUMBER.matcher(id).matches() && !COLOR.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'%s': expected a whole number, or a colour as RRGGBB".formatted(id));
    }
    return id;
  }
}
