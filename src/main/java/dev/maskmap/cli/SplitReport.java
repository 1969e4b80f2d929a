package dev.maskmap.cli;

import dev.maskmap.convert.ImportSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code pack --split-labels} says when it is done.
 *
 * @param pattern of the stores' names
 * @param summary of the import
 * @param stores that were written
 * @param dryRun whether nothing was written
 */
record SplitReport(Path pattern, ImportSummary summary, LabelStores stores, boolean dryRun) {
  void print(PrintWriter out) {
    List<Map.Entry<String, LabelStores.One>> sorted =
        stores.stores().entrySet().stream()
            .sorted(Map.Entry.comparingByKey(SplitReport::byNumber))
            .toList();
    out.printf(
        Locale.ROOT,
        "%s: %,d store%s, each of %s%s%n",
        pattern,
        sorted.size(),
        sorted.size() == 1 ? "" : "s",
        summary.sizes().describe(),
        dryRun ? "; nothing was written" : "");
    if (stores.background()) {
      out.println("  0 is background and has no store; list it with --labels to give it one");
    }
    out.println();
    out.printf("%-20s %17s %9s %12s%n", "label", "pixels", "share", "masks");
    for (Map.Entry<String, LabelStores.One> store : sorted) {
      long pixels = store.getValue().pixels;
      out.printf(
          Locale.ROOT,
          "%-20s %,17d %7.2f %% %,12d%n",
          store.getKey(),
          pixels,
          100.0 * pixels / summary.sizes().pixels(),
          store.getValue().masks);
    }
  }

  /** Numbers as numbers, then words. */
  private static int byNumber(String a, String b) {
    Comparator<String> order =
        Comparator.comparing((String label) -> !label.matches("-?[0-9]{1,15}"))
            .thenComparingLong(label -> label.matches("-?[0-9]{1,15}") ? Long.parseLong(label) : 0)
            .thenComparing(Comparator.naturalOrder());
    return order.compare(a, b);
  }
}
