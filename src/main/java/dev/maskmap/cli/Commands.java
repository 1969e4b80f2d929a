package dev.maskmap.cli;

import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The commands by name, in the order of the help. */
final class Commands {
  private static final Map<String, Supplier<Object>> BY_NAME =
      Map.of(
          "pack", PackCommand::new,
          "info", InfoCommand::new,
          "show", ShowCommand::new,
          "crop", CropCommand::new,
          "sample", SampleCommand::new,
          "remove", RemoveCommand::new,
          "verify", VerifyCommand::new,
          "bench", BenchCommand::new,
          "demo", DemoCommand::new);
  private static final String[] ORDER = {
    "demo", "pack", "info", "show", "crop", "sample", "remove", "verify", "bench"
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
