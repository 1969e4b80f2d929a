package dev.maskmap.cli;

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

  /** How many masks {@code --emptiest} or {@code --fullest} asks for; null without either. */
  @Nullable Integer extremes() {
    return emptiest != null ? emptiest : fullest;
  }
}
