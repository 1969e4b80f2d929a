package dev.maskmap.cli;

import dev.maskmap.sample.Turns;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What {@code sample} makes of the patches that a sampler draws. */
final class DrawOptions {
  @Option(
      names = "--epoch",
      paramLabel = "N",
      description = "The epoch whose first patches are shown, as many as it has. Default: 0.")
  @Nullable Long epoch;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Patches over which a share of foreground holds: those of the training's batches."
              + " Default: -n, so that a sheet is one batch.")
  @Nullable Integer batch;

  @Option(
      names = "--turns",
      paramLabel = "KIND",
      converter = TurnsConverter.class,
      description = "none, mirror, flips, quarters or all: list how each patch is turned.")
  @Nullable Turns turns;

  @Option(
      names = "--heatmap",
      paramLabel = "FILE",
      description =
          "Also, or only, a PNG of where in the masks patches begin, what they cover, and where"
              + " foreground is; of 20,000 patches or -n, if that is more, from this epoch on.")
  @Nullable Path heatmap;

  /** Whether any was given. */
  boolean isGiven() {
    return epoch != null || batch != null || turns != null || heatmap != null;
  }

  long epoch() {
    return epoch == null ? 0 : epoch;
  }

  /** Reads the name of a kind of turns. */
  static final class TurnsConverter implements ITypeConverter<Turns> {
    @Override
    public Turns convert(String text) {
      for (Turns turns : Turns.values()) {
        if (turns.name().equalsIgnoreCase(text)) {
          return turns;
        }
      }
      String names =
          Arrays.stream(Turns.values())
              .map(turns -> turns.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      throw new TypeConversionException("'%s': expected one of %s".formatted(text, names));
    }
  }
}
