package dev.maskmap.cli;

import dev.maskmap.convert.ForegroundRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which pixels are foreground: one of these, or none for every pixel that is not 0. */
final class RuleOptions {
  @Option(
      names = "--threshold",
      paramLabel = "T",
      required = true,
      description =
          "Every pixel of value T or more; of a colour, its largest channel. Arrays take fractions"
              + " such as 0.5.")
  @Nullable Double threshold;

  @Option(
      names = "--values",
      paramLabel = "V",
      split = ",",
      required = true,
      description =
          "Exactly these gray values, palette indexes or array numbers, such as 1 or 1,2,7.")
  List<Long> values = new ArrayList<>();

  @Option(
      names = "--color",
      paramLabel = "RRGGBB",
      split = ",",
      required = true,
      converter = ColorConverter.class,
      description = "Exactly these colours, of colour and of palette images, such as FF0000.")
  List<Integer> colors = new ArrayList<>();

  @Option(
      names = "--alpha",
      paramLabel = "T",
      required = true,
      description = "Every pixel whose opacity is T or more; 128 is the middle of 8 bits.")
  @Nullable Integer alpha;

  /**
   * Returns the rule that the options stand for.
   *
   * @throws IllegalArgumentException if a value is out of range; the message begins with its option
   */
  ForegroundRule rule() {
    try {
      Double least = threshold;
      if (least != null) {
        return ForegroundRule.threshold(least);
      }
      Integer opacity = alpha;
      if (opacity != null) {
        return ForegroundRule.alpha(opacity);
      }
      return colors.isEmpty() ? ForegroundRule.values(values) : ForegroundRule.colors(colors);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option() + ": " + e.getMessage(), e);
    }
  }

  /** The option that was given. */
  String option() {
    if (threshold != null) {
      return "--threshold";
    }
    if (alpha != null) {
      return "--alpha";
    }
    return colors.isEmpty() ? "--values" : "--color";
  }

  /** Reads {@code RRGGBB}, with or without a leading {@code #}. */
  static final class ColorConverter implements ITypeConverter<Integer> {
    private static final Pattern FORM = Pattern.compile("#?[0-9a-fA-F]{6}");

    @Override
    public Integer convert(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new TypeConversionException(
            "'%s': expected six hexadecimal digits RRGGBB, such as FF0000".formatted(text));
      }
      return Integer.parseInt(text.replace("#", ""), 16);
    }
  }
}
