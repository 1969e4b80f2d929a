package dev.maskmap.internal.json;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A document's content made fit for a one-line message, however long or odd it is. */
final class Messages {
  private static final int SHOWN_CHARACTERS = 40;
  private static final int SHOWN_NAMES = 20;

  private Messages() {}

  /** What kind of value it is, and for scalars which. */
  static String value(@Nullable Object value) {
    return switch (value) {
      case JsonObject object -> "an object";
      case List<?> list -> "an array";
      case String text -> "the string " + Json.write(shorten(text));
      case null, default -> Json.write(value);
    };
  }

  /** A member's name: as it is where it is a plain word, else as JSON. */
  static String name(String name) {
    String shown = shorten(name);
    return shown.matches("[\\w.-]+") ? shown : Json.write(shown);
  }

  /** The first names of an object. */
  static String names(Collection<String> names) {
    String first =
        names.stream().limit(SHOWN_NAMES).map(Messages::name).collect(Collectors.joining(", "));
    return names.size() > SHOWN_NAMES ? first + ", ..." : first;
  }

  /** A byte as the character it is, or in hexadecimal where it is not printable ASCII. */
  static String character(byte value) {
    return value > ' ' && value < 0x7f
        ? "'" + (char) value + "'"
        : "0x" + HexFormat.of().withUpperCase().toHexDigits(value);
  }

  static String shorten(String text) {
    if (text.codePointCount(0, text.length()) <= SHOWN_CHARACTERS) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "...";
  }
}
