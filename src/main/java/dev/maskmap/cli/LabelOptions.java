package dev.maskmap.cli;

import dev.maskmap.convert.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How label maps become one store a label. */
final class LabelOptions {
  @Option(
      names = "--split-labels",
      description =
          "Write one store for each class id, {label} in its name: -o 'train.{label}.masks'. All"
              + " have the same masks in the same order, empty where the id is absent.")
  boolean split;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "The ids that are classes: a line for each, ID or ID NAME. Default: every id that occurs,"
              + " but 0.")
  @Nullable Path file;

  @Option(
      names = "--ignore",
      paramLabel = "ID",
      split = ",",
      description =
          "Ids that are no class, such as 255; a store 'valid' has the pixels that are not"
              + " ignored.")
  List<String> ignored = new ArrayList<>();

  /** Whether an option is given that makes sense with --split-labels only. */
  boolean needSplit() {
    return !split && (file != null || !ignored.isEmpty());
  }

  /**
   * Returns what the options stand for.
   *
   * @throws IOException if the list cannot be read
   * @throws IllegalArgumentException if an id to ignore is none
   */
  Labels labels() throws IOException {
    Path list = file;
    return list == null ? Labels.found(ignored) : Labels.listed(list, ignored);
  }
}
