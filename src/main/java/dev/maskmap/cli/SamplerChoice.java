package dev.maskmap.cli;

import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --sampler} takes.
 *
 * @param text as it was typed
 * @param kind of sampler
 * @param share of patches with foreground, for the two kinds that have one
 * @param strides of a grid; null of all else
 * @param least foreground of a patch; null where any will do
 */
record SamplerChoice(
    String text, Kind kind, double share, @Nullable Size strides, @Nullable Least least) {
  static final SamplerChoice UNIFORM = new SamplerChoice("uniform", Kind.UNIFORM, 0, null, null);

  /** The samplers by the names that are typed. */
  enum Kind {
    UNIFORM("uniform"),
    AREA("area"),
    FOREGROUND("foreground"),
    FOREGROUND_OF_ALL("foreground-of-all"),
    GRID("grid");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    boolean hasShare() {
      return this == FOREGROUND || this == FOREGROUND_OF_ALL;
    }

    boolean hasValue() {
      return hasShare() || this == GRID;
    }
  }

  /**
   * How much foreground a patch is to have.
   *
   * @param amount pixels, or parts of the patch
   * @param isPart which of the two
   * @param attempts after which it gives up
   */
  record Least(double amount, boolean isPart, int attempts) {
    Sampler of(Sampling sampling, Sampler from) {
      return isPart
          ? sampling.atLeast(from, amount, attempts)
          : sampling.atLeast(from, (long) amount, attempts);
    }
  }

  /** Makes the sampler. */
  Sampler of(Sampling sampling, int batch) {
    Sampler base =
        switch (kind) {
          case UNIFORM -> sampling.uniform();
          case AREA -> sampling.byArea();
          case FOREGROUND -> sampling.foreground(share, batch);
          case FOREGROUND_OF_ALL -> sampling.foregroundOfAll(share, batch);
          case GRID -> grid(sampling, strides == null ? new Size(1, 1) : strides);
        };
    return least == null ? base : least.of(sampling, base);
  }

  private static Sampler grid(Sampling sampling, Size strides) {
    return sampling.grid(strides.height(), strides.width());
  }

  @Override
  public String toString() {
    return text;
  }

  /** Reads {@code uniform} or {@code foreground=0.5,at-least=5%}. */
  static final class Converter implements ITypeConverter<SamplerChoice> {
    private static final Pattern STRIDES = Pattern.compile("([0-9]{1,9})(?:[xX]([0-9]{1,9}))?");
    private static final Pattern LEAST = Pattern.compile("([0-9]{1,12}|[0-9]+(?:\\.[0-9]+)?%)");
    private static final Pattern ATTEMPTS = Pattern.compile("[0-9]{1,9}");
    private static final int ATTEMPTS_BY_DEFAULT = 16;

    @Override
    public SamplerChoice convert(String text) {
      SamplerChoice base = null;
      String least = null;
      String attempts = null;
      for (String term : text.split(",", -1)) {
        if (term.startsWith("at-least=") && least == null) {
          least = term.substring("at-least=".length());
        } else if (term.startsWith("attempts=") && attempts == null) {
          attempts = term.substring("attempts=".length());
        } else if (base == null) {
          base = base(text, term);
        } else {
          throw refused(text);
        }
      }
      base = base == null ? UNIFORM : base;
      if (least != null && base.kind == Kind.GRID) {
        throw new TypeConversionException(
            "'%s': a grid has every patch, also those with little foreground; leave out at-least"
                .formatted(text));
      }
      if (least == null && attempts != null) {
        throw refused(text);
      }
      Least parsed = least == null ? null : least(text, least, attempts);
      return new SamplerChoice(text, base.kind, base.share, base.strides, parsed);
    }

    private static SamplerChoice base(String text, String term) {
      int equals = term.indexOf('=');
      String name = equals < 0 ? term : term.substring(0, equals);
      for (Kind kind : Kind.values()) {
        if (kind.text.equals(name) && kind.hasValue() == equals >= 0) {
          String value = term.substring(equals + 1);
          double share = kind.hasShare() ? share(text, value) : 0;
          Size strides = kind == Kind.GRID ? strides(text, value) : null;
          return new SamplerChoice(text, kind, share, strides, null);
        }
      }
      throw refused(text);
    }

    private static double share(String text, String number) {
      try {
        double share = Double.parseDouble(number);
        if (share >= 0 && share <= 1) {
          return share;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw refused(text);
    }

    private static Size strides(String text, String value) {
      Matcher strides = STRIDES.matcher(value);
      if (!strides.matches()) {
        throw refused(text);
      }
      int rows = Integer.parseInt(strides.group(1));
      int columns = strides.group(2) == null ? rows : Integer.parseInt(strides.group(2));
      return new Size(rows, columns);
    }

    private static Least least(String text, String amount, @Nullable String attempts) {
      boolean sound = attempts == null || ATTEMPTS.matcher(attempts).matches();
      if (!sound || !LEAST.matcher(amount).matches()) {
        throw refused(text);
      }
      int draws = attempts == null ? ATTEMPTS_BY_DEFAULT : Integer.parseInt(attempts);
      if (amount.endsWith("%")) {
        double percent = Double.parseDouble(amount.substring(0, amount.length() - 1));
        return new Least(percent / 100, true, draws);
      }
      return new Least(Long.parseLong(amount), false, draws);
    }

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(
          "'%s': expected uniform, area, foreground=SHARE, foreground-of-all=SHARE (0 to 1),"
                  .formatted(text)
              + " grid=PIXELS or grid=YxX; but for a grid also with at-least=PIXELS or"
              + " at-least=PERCENT% and attempts=N behind a comma");
    }
  }
}
