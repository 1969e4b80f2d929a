package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.sample.Masks;
import dev.maskmap.sample.NamesFile;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import dev.maskmap.sample.SmallMasks;
import dev.maskmap.sample.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which patches a command draws. */
final class SamplerOptions {
  @Option(
      names = "--sampler",
      paramLabel = "KIND",
      converter = SamplerChoice.Converter.class,
      description =
          "uniform (default), area, foreground=SHARE, foreground-of-all=SHARE, grid=PIXELS or"
              + " grid=YxX: which patches. With ,at-least=PIXELS or ,at-least=PERCENT%% behind it,"
              + " drawn again until a patch has so much foreground, up to 16 times (,attempts=N).")
  @Nullable SamplerChoice choice;

  @Option(names = "--per-mask", paramLabel = "N", description = "Patches of each mask in an epoch.")
  @Nullable Integer perMask;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Draw masks as often as this says: lines of a name, a tab and a weight; others have 1.")
  @Nullable Path weights;

  @Option(
      names = "--only",
      paramLabel = "FILE",
      description = "Only the masks that this file names, one a line.")
  @Nullable Path only;

  @Option(
      names = "--without",
      paramLabel = "FILE",
      description = "All masks but those that this file names, one a line.")
  @Nullable Path without;

  /** Whether any was given. */
  boolean isGiven() {
    return choice != null || perMask != null || weights != null || only != null || without != null;
  }

  SamplerChoice choice() {
    return choice == null ? SamplerChoice.UNIFORM : choice;
  }

  /**
   * Makes the sampler. Masks that are smaller than a patch are padded.
   *
   * @param batch over which a share of foreground holds
   * @param otherwise patches of each mask where the option was not given
   * @throws IOException if a file cannot be read, or names a mask that the store does not have
   * @throws IllegalArgumentException if there is no such sampler of these masks
   */
  Sampler sampler(MaskStore store, Size size, int batch, int otherwise) throws IOException {
    Sampling sampling =
        Sampling.of(masks(store), size.height(), size.width())
            .smallMasks(SmallMasks.PAD)
            .patchesPerMask(perMask == null ? otherwise : perMask);
    if (weights != null) {
      sampling = sampling.weights(Weights.read(weights, store));
    }
    return choice().of(sampling, batch);
  }

  private Masks masks(MaskStore store) throws IOException {
    Masks all = Masks.of(store);
    if (only == null) {
      return without == null ? all : all.without(NamesFile.read(without, store));
    }
    long[] chosen = NamesFile.read(only, store);
    if (without != null) {
      long[] leftOut = NamesFile.read(without, store);
      Arrays.sort(leftOut);
      chosen = LongStream.of(chosen).filter(i -> Arrays.binarySearch(leftOut, i) < 0).toArray();
    }
    return all.only(chosen);
  }
}
