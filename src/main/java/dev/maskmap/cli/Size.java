package dev.maskmap.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Height and width in pixels, as options give them: {@code 256x256}. */
record Size(int height, int width) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,10})[xX]([0-9]{1,10})");

  @Override
  public String toString() {
    return height + "x" + width;
  }

  /** Reads {@code HxW}. */
  static final class Converter implements ITypeConverter<Size> {
    @Override
    public Size convert(String text) {
      Matcher form = FORM.matcher(text);
      if (form.matches()) {
        long height = Long.parseLong(form.group(1));
        long width = Long.parseLong(form.group(2));
        if (height >= 1 && width >= 1 && Math.max(height, width) <= Integer.MAX_VALUE) {
          return new Size((int) height, (int) width);
        }
      }
      throw new TypeConversionException(
          "'%s': expected HEIGHTxWIDTH in pixels, such as 256x256".formatted(text));
    }
  }
}
