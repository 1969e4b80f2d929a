package dev.maskmap.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bytes, as options give and people read them. */
final class ByteSize {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,15})([kKmMgG]?)");

  private ByteSize() {}

  /** Returns {@code 9,331,200 bytes (9.3 MB)}. */
  static String text(long bytes) {
    String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
    if (bytes < 10_000) {
      return String.format(Locale.ROOT, "%,d bytes", bytes);
    }
    double value = bytes / 1e3;
    int unit = 0;
    while (value >= 999.95) {
      value /= 1e3;
      unit++;
    }
    return String.format(Locale.ROOT, "%,d bytes (%.1f %s)", bytes, value, units[unit]);
  }

  /** Reads {@code 4194304}, {@code 4096K}, {@code 4M} (powers of 1,024). */
  static final class Converter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException(
            "'%s': expected bytes, such as 4194304 or 4M".formatted(text));
      }
      int shift = " KMG".indexOf((form.group(2) + " ").toUpperCase(Locale.ROOT).charAt(0)) * 10;
      long number = Long.parseLong(form.group(1));
      if (number > Long.MAX_VALUE >> shift) {
        throw new TypeConversionException("'%s': too many bytes".formatted(text));
      }
      return number << shift;
    }
  }
}
