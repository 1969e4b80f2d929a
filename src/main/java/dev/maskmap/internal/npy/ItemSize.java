package dev.maskmap.internal.npy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes of one element, from NumPy's array-interface type strings: byte order, kind, size, and for
 * times a unit in brackets.
 */
final class ItemSize {
  // Ten digits are beyond any size NumPy allows (it keeps an int) and still fit a long.
  private static final Pattern TYPE = Pattern.compile("[<>|=]?([a-zA-Z])([0-9]{1,10})(\\[.*])?");
  private static final int UCS4_BYTES = 4;

  private ItemSize() {}

  /** The size, or {@link NpyHeader#UNKNOWN_ITEM_SIZE} for objects and for what is not known. */
  static long of(String descr) {
    Matcher type = TYPE.matcher(descr);
    if (!type.matches()) {
      return NpyHeader.UNKNOWN_ITEM_SIZE;
    }
    long size = Long.parseLong(type.group(2));
    return switch (type.group(1)) {
      case "b", "i", "u", "f", "c", "S", "a", "V", "M", "m" -> size;
      case "U" -> size * UCS4_BYTES;
      // O is a pickle whatever its size says; t counts bits.
      default -> NpyHeader.UNKNOWN_ITEM_SIZE;
    };
  }
}
