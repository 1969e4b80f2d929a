package dev.maskmap.cli;

import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The commands by name, in the order of the help. */
final class Commands {
  private static final Map<String, Supplier<Object>> BY_NAME =
      Map.ofEntries(
          Map.entry("pack", PackCommand::new),
          Map.entry("pack-images", PackImagesCommand::new),
          Map.entry("info", InfoCommand::new),
          Map.entry("show", ShowCommand::new),
          Map.entry("crop", CropCommand::new),
          Map.entry("sample", SampleCommand::new),
          Map.entry("export", ExportCommand::new),
          Map.entry("convert", ConvertCommand::new),
          Map.entry("remove", RemoveCommand::new),
          Map.entry("verify", VerifyCommand::new),
          Map.entry("warm", WarmCommand::new),
          Map.entry("bench", BenchCommand::new),
          Map.entry("feed", FeedCommand::new),
          Map.entry("demo", DemoCommand::new));
  private static final String[] ORDER = {
    "demo",
    "pack",
    "pack-images",
    "info",
    "show",
    "crop",
    "sample",
    "export",
    "convert",
    "remove",
    "verify",
    "warm",
    "bench"
  };

  private Commands() {}

  /** Adds the command that {@code first} names, or else all: reading the annotations takes time. */
  static void addTo(CommandLine line, String first) {
    for (String name : BY_NAME.containsKey(first) ? new String[] {first} : ORDER) {
      Supplier<Object> command = BY_NAME.get(name);
      if (command != null) {
        line.addSubcommand(name, command.get());
      }
    }
  }
}
