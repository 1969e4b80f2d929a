package dev.maskmap.cli;

import dev.maskmap.sample.Turns;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--images",
      paramLabel = "IMAGES",
      description =
          "Crop these images beside the masks: a .npy of shape (N,H,W) or (N,H,W,C), or what"
              + " pack-images wrote.")
  @Nullable Path images;

  @Option(names = "--chw", description = "With --images: one plane a channel.")
  boolean chw;

  @Option(names = "--scaled", description = "With --images of uint8: floats of 0 to 1.")
  boolean scaled;

  @Option(
      names = "--turns",
      paramLabel = "KIND",
      converter = DrawOptions.TurnsConverter.class,
      description = "Turn patches: none (default), mirror, flips, quarters or all.")
  Turns turns = Turns.NONE;
}
