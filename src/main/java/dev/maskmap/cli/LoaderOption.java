package dev.maskmap.cli;

import picocli.CommandLine.Option;

/** How {@code bench} measures a loader. */
final class LoaderOption {
  @Option(
      names = "--loader",
      description = "Measure batches that threads read ahead, taken as a training loop takes them.")
  boolean loader;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Patches of a batch. Default: ${DEFAULT-VALUE}.")
  int batch = 64;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads that read. Default: one a core.")
  int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--every",
      paramLabel = "S",
      description =
          "Say after each so many seconds how fast it was and what memory is in use: with"
              + " --seconds 300 a test of whether both stay as they are.")
  double every = 0;
}
