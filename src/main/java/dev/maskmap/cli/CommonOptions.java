package dev.maskmap.cli;

import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help and exit.")
  boolean help;

  /** Read from the arguments themselves, so that it works for errors in them too. */
  @Option(names = "--debug", description = "Where it fails, print the stack trace as well.")
  boolean debug;
}
