package dev.maskmap.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The top left of a patch, in pixels from the top left of its mask. */
record Origin(int y, int x) {
  private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,9}),(-?[0-9]{1,9})");

  /** Reads {@code Y,X}. */
  static final class Converter implements ITypeConverter<Origin> {
    @Override
    public Origin convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException(
            "'%s': expected Y,X in pixels from the top left, such as 100,250".formatted(text));
      }
      return new Origin(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }
  }
}
