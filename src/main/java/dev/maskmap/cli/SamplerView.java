package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.cli.draw.HeatSheet;
import dev.maskmap.sample.Sampler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Shows what a sampler draws: as a list, and as a map of where patches fall.
 *
 * @param options what is asked for
 * @param isGrid whether all epochs are the same
 */
record SamplerView(
    MaskStore store, Sampler sampler, long seed, DrawOptions options, boolean isGrid) {
  /** Patches of a map at least: with fewer it is speckled. */
  private static final long MAPPED = 20_000;

  /** The first patches of the epoch. */
  DrawnPatches patches(int count) {
    return DrawnPatches.of(store, sampler, seed, options.epoch(), count);
  }

  void writeList(DrawnPatches patches, Path file, boolean overwrite, PrintWriter out)
      throws IOException {
    long gaveUp = patches.writeList(file, overwrite, options.turns);
    say(out, file, patches.count(), gaveUp);
  }

  /** Says what is on a sheet or in a list. */
  void say(PrintWriter out, Path file, long count, long gaveUp) {
    out.println(
        "%s: %d patches of the %d of an epoch, seed %d, epoch %d%s"
            .formatted(file, count, sampler.size(), seed, options.epoch(), gaveUp(gaveUp, count)));
    out.println(sampler.describe());
  }

  private static String gaveUp(long gaveUp, long count) {
    return gaveUp == 0
        ? ""
        : String.format(Locale.ROOT, "; gave up at %d (%.1f %%)", gaveUp, 100.0 * gaveUp / count);
  }

  void writeMap(Path file, int count, boolean overwrite, PrintWriter out) throws IOException {
    HeatMap map =
        HeatMap.draw(store, sampler, isGrid, seed, options.epoch(), Math.max(count, MAPPED));
    long last = options.epoch() + map.epochs() - 1;
    String epochs =
        last == options.epoch()
            ? "epoch " + last
            : "epochs %d to %d".formatted(options.epoch(), last);
    String what =
        "%s patches, seed %d, %s%s"
            .formatted(
                String.format(Locale.ROOT, "%,d", map.drawn()),
                seed,
                epochs,
                gaveUp(map.gaveUp(), map.drawn()));
    List<String> lines = List.of(sampler.describe(), what);
    PictureFiles.writePng(file, HeatSheet.draw(map.panels(), lines), overwrite);
    out.println(file + ": " + what);
  }
}
