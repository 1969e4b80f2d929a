package dev.maskmap.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How the name of a mask becomes that of its image: {@code from}, where it occurs last, is {@code
 * to}.
 */
record Rename(String from, String to) {
  /** Names stay as they are. */
  static final Rename NONE = new Rename("", "");

  String apply(String name) {
    int at = from.isEmpty() ? -1 : name.lastIndexOf(from);
    return at < 0 ? name : name.substring(0, at) + to + name.substring(at + from.length());
  }

  /** Reads {@code FROM=TO}. */
  static final class Converter implements ITypeConverter<Rename> {
    @Override
    public Rename convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException(
            "'%s': expected FROM=TO, such as _mask=_image or _mask=".formatted(text));
      }
      return new Rename(text.substring(0, equals), text.substring(equals + 1));
    }
  }
}
