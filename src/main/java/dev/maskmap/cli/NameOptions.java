package dev.maskmap.cli;

import dev.maskmap.convert.Naming;
import dev.maskmap.convert.Shard;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How masks are named, and which of them are wanted. */
final class NameOptions {
  @Option(
      names = "--names",
      paramLabel = "KIND",
      converter = NamingConverter.class,
      description =
          "path (default): the path below the folder given, without extension. stem: its last part."
              + " sequence: a running number.")
  Naming naming = Naming.PATH;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardConverter.class,
      description =
          "Only the share of machine I of N, 0 <= I < N. Which share a mask is in depends on its"
              + " name alone.")
  Shard shard = Shard.ALL;

  /** Reads a word. */
  static final class NamingConverter implements ITypeConverter<Naming> {
    @Override
    public Naming convert(String text) {
      for (Naming naming : Naming.values()) {
        if (naming.word().equals(text.toLowerCase(Locale.ROOT))) {
          return naming;
        }
      }
      throw new TypeConversionException("'%s': expected path, stem or sequence".formatted(text));
    }
  }

  /** Reads {@code I/N}. */
  static final class ShardConverter implements ITypeConverter<Shard> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})");

    @Override
    public Shard convert(String text) {
      Matcher form = FORM.matcher(text);
      try {
        if (form.matches()) {
          return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
        }
      } catch (IllegalArgumentException e) {
        // Said below.
      }
      throw new TypeConversionException(
          "'%s': expected I/N with 0 <= I < N, such as 0/4".formatted(text));
    }
  }
}
