package dev.maskmap.internal.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text of plain values. */
public final class Json {
  /** Objects and arrays within each other; the outermost counts. */
  static final int MAX_DEPTH = 32;

  /** The longest document that is read, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private Json() {}

  /**
   * Writes a value on one line, with {@code ", "} and {@code ": "} between, members in the map's
   * own order. The same value gives the same text.
   *
   * @param value a {@link Map} with string keys, a {@link java.util.List}, a {@link String}, a
   *     {@link Long}, an {@link Integer}, a {@link Double}, a {@link Boolean}, or null
   * @throws IllegalArgumentException if a value is of another type, a number is not finite, a
   *     string has a lone surrogate, or the nesting is deeper than the 32 levels that are read
   */
  public static String write(@Nullable Object value) {
    return new JsonWriter().write(value);
  }
}
