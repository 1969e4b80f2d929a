package dev.maskmap.cli;

import dev.maskmap.cli.draw.TerminalStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a style by its name; {@code auto} is none. */
final class TerminalStyleConverter implements ITypeConverter<@Nullable TerminalStyle> {
  @Override
  public @Nullable TerminalStyle convert(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "auto" -> null;
      case "braille" -> TerminalStyle.BRAILLE;
      case "blocks" -> TerminalStyle.BLOCKS;
      case "ascii" -> TerminalStyle.ASCII;
      default ->
          throw new TypeConversionException(
              "'%s': expected auto, braille, blocks or ascii".formatted(text));
    };
  }
}
