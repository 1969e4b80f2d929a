package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which masks {@code sample} shows: one of these, or any. */
final class SampleChoice {
  @Option(
      names = "--mask",
      paramLabel = "N|NAME",
      required = true,
      description = "Only this mask, by its name or its index from 0. May be given several times.")
  List<String> masks = new ArrayList<>();

  @Option(
      names = "--emptiest",
      paramLabel = "N",
      required = true,
      description =
          "The N masks with the least foreground for their size, whole unless --patch is given.")
  @Nullable Integer emptiest;

  @Option(
      names = "--fullest",
      paramLabel = "N",
      required = true,
      description =
          "The N masks with the most foreground for their size, whole unless --patch is given.")
  @Nullable Integer fullest;

  /** Whether none of them was given. */
  boolean isOpen() {
    return masks.isEmpty() && extremes() == null;
  }

  /** How many masks {@code --emptiest} or {@code --fullest} asks for; null without either. */
  @Nullable Integer extremes() {
    return emptiest != null ? emptiest : fullest;
  }

  /** Which of the two it was. */
  String extremesOption() {
    return emptiest != null ? "--emptiest" : "--fullest";
  }

  /**
   * Returns the masks, in the order in which they are to be shown.
   *
   * @throws IOException if the store lacks one that is named, or none holds foreground and {@code
   *     withForeground} is true
   */
  MaskPool pool(MaskStore store, boolean withForeground) throws IOException {
    MaskPool pool = masks.isEmpty() ? MaskPool.all(store) : MaskPool.of(store, masks);
    pool = withForeground ? pool.withForeground() : pool;
    Integer count = extremes();
    return count == null ? pool : pool.extreme(count, fullest != null);
  }
}
