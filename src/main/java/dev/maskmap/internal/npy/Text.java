package dev.maskmap.internal.npy;

import java.util.HexFormat;

/** Foreign bytes made fit for a one-line message. */
final class Text {
  private static final int SHOWN = 40;

  private Text() {}

  /** The text without control characters, at most 40 characters of it. */
  static String shorten(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }

  /** A byte as the character it is, or in hexadecimal where it is not printable ASCII. */
  static String show(byte value) {
    return value > ' ' && value < 0x7f
        ? "'" + (char) value + "'"
        : "0x" + HexFormat.of().withUpperCase().toHexDigits(value);
  }
}
