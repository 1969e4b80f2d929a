package dev.maskmap.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code maskmap} without a command: its help, its version. */
@Command(
    name = "maskmap",
    versionProvider = MaskmapCommand.Version.class,
    sortOptions = false,
    synopsisHeading = "Usage: ",
    customSynopsis = "maskmap COMMAND [OPTIONS]",
    description = {
      "",
      "Binary masks at one bit a pixel in one memory-mapped store, and any patch of them in"
          + " microseconds."
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "'maskmap COMMAND --help' shows the options of a command. 'maskmap demo' is a good start."
    })
final class MaskmapCommand implements Runnable {
  @Spec CommandSpec spec;

  @Mixin final CommonOptions common = new CommonOptions();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  boolean version;

  MaskmapCommand() {
    spec = CommandSpec.create(); // picocli puts the real one in its place
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given");
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "maskmap " + (version == null ? "(not run from its jar)" : version),
        "Java " + Runtime.version() + ", picocli " + CommandLine.VERSION
      };
    }
  }
}
