package dev.maskmap.cli;

import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --sampler} takes.
 *
 * @param kind of sampler
 * @param share of patches with foreground, for the two kinds that have one
 */
record SamplerChoice(Kind kind, double share) {
  /** The samplers by the names that are typed. */
  enum Kind {
    UNIFORM("uniform"),
    AREA("area"),
    FOREGROUND("foreground"),
    FOREGROUND_OF_ALL("foreground-of-all");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    boolean hasShare() {
      return this == FOREGROUND || this == FOREGROUND_OF_ALL;
    }
  }

  /** Makes the sampler. */
  Sampler of(Sampling sampling, int batch) {
    return switch (kind) {
      case UNIFORM -> sampling.uniform();
      case AREA -> sampling.byArea();
      case FOREGROUND -> sampling.foreground(share, batch);
      case FOREGROUND_OF_ALL -> sampling.foregroundOfAll(share, batch);
    };
  }

  @Override
  public String toString() {
    return kind.hasShare() ? kind.text + "=" + share : kind.text;
  }

  /** Reads {@code uniform} or {@code foreground=0.5}. */
  static final class Converter implements ITypeConverter<SamplerChoice> {
    @Override
    public SamplerChoice convert(String text) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      for (Kind kind : Kind.values()) {
        if (kind.text.equals(name) && kind.hasShare() == equals >= 0) {
          return new SamplerChoice(kind, equals < 0 ? 0 : share(text, text.substring(equals + 1)));
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

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(
          "'%s': expected uniform, area, foreground=SHARE or foreground-of-all=SHARE, with a share of"
                  .formatted(text)
              + " 0 to 1");
    }
  }
}
