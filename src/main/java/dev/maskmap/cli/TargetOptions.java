package dev.maskmap.cli;

import picocli.CommandLine.Option;

/** What becomes of a store that is there already: one of these, or none to refuse. */
final class TargetOptions {
  @Option(
      names = "--overwrite",
      required = true,
      description = "Replace a store of this name, once the new one is complete.")
  boolean overwrite;

  @Option(
      names = "--append",
      required = true,
      description =
          "Add the masks to a data set of this name, as one more part; begin one where there is"
              + " none.")
  boolean append;

  @Option(
      names = "--replace",
      required = true,
      description =
          "Put the masks in the place of those of the same names in this store or data set; copy"
              + " all others as they are.")
  boolean replace;

  /** Returns what they stand for. */
  StoreOutput.Mode mode() {
    if (append) {
      return StoreOutput.Mode.APPEND;
    }
    if (replace) {
      return StoreOutput.Mode.REPLACE;
    }
    return overwrite ? StoreOutput.Mode.OVERWRITE : StoreOutput.Mode.CREATE;
  }
}
