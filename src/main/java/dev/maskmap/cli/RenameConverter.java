package dev.maskmap.cli;

import dev.maskmap.cli.draw.Rename;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code FROM=TO}. */
final class RenameConverter implements ITypeConverter<Rename> {
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
