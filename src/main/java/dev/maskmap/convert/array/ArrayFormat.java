package dev.maskmap.convert.array;

import org.jspecify.annotations.Nullable;

/** Stand-in for the class of the array inputs. */
public record ArrayFormat(@Nullable Object headerless) {
  /** Arrays that say all about themselves. */
  public static ArrayFormat plain() {
    return new ArrayFormat(null);
  }
}
