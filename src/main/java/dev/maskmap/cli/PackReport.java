package dev.maskmap.cli;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.ImportSummary;
import dev.maskmap.convert.RuleImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What {@code pack} says about a store when it is done.
 *
 * @param target where the masks went
 * @param rule for the foreground
 * @param result of the import
 * @param dryRun whether nothing was written
 */
record PackReport(
    PackTarget target, ForegroundRule rule, RuleImport.Result result, boolean dryRun) {
  void print(PrintWriter out) throws IOException {
    ImportSummary summary = result.summary();
    out.println(target.store() + ": " + summary.sizes().describe() + done());
    if (!dryRun) {
      try (MaskStore store = MaskStore.open(target.store())) {
        out.println(
            "  in the store           " + ByteSize.text(StoreFiles.bytes(store)) + as(store));
        RunsEstimate runs = RunsEstimate.ofBits(store).filter(RunsEstimate::pay).orElse(null);
        if (runs != null) {
          out.println("  as runs                " + runs.advice(store));
        }
      }
    }
    out.println("  at one byte a pixel    " + ByteSize.text(summary.sizes().pixels()));
    out.println("  as the files it read   " + ByteSize.text(summary.bytes()));
    out.println("  foreground             " + foreground());
    out.println();
    result.values().render().forEach(out::println);
  }

  private static String as(MaskStore store) {
    return store.layout() == Layout.RUNS ? ", as runs" : "";
  }

  private String done() {
    if (dryRun) {
      return "; nothing was written";
    }
    return switch (target.mode()) {
      case CREATE, OVERWRITE -> "";
      case APPEND -> ", added as one more part";
      case REPLACE -> ", each in the place of its old one";
    };
  }

  private String foreground() {
    if (result.decided() == result.summary().masks()) {
      return "as it was: all masks came as bits";
    }
    return result.decided() == 0
        ? rule.describe()
        : String.format(
            Locale.ROOT, "%s; %,d of the masks came as bits", rule.describe(), result.decided());
  }

  /** Warns where nobody said which of several values are foreground. */
  void warn(PrintWriter err) {
    int values = result.values().distinctValues();
    if (values <= 2) {
      return;
    }
    err.printf(
        Locale.ROOT,
        "maskmap: warning: %,d pixel values, and all but 0 counted as foreground; to choose, give"
            + " the same command%s --values V,V (or --threshold T, or --split-labels)%n",
        values,
        again());
    err.flush();
  }

  /** Warns where a rule was given and nothing is foreground by it: a wrong value is likely. */
  void warnOfNothing(PrintWriter err, String option) {
    if (result.decided() < result.summary().masks() && result.values().foreground() == 0) {
      err.printf(
          "maskmap: warning: no pixel is foreground by %s; the table shows the values found%n",
          option);
      err.flush();
    }
  }

  /** What it takes to pack the same masks once more, and to lose no others by it. */
  private String again() {
    if (dryRun) {
      return " and";
    }
    return switch (target.mode()) {
      case CREATE -> " and --overwrite";
      case APPEND -> ", with --replace in place of --append, and";
      case OVERWRITE, REPLACE -> " and";
    };
  }

  /** Warns where a rule was given and no input was left to judge. */
  void warnOfUnused(PrintWriter err, String option) {
    if (result.decided() == result.summary().masks()) {
      err.println("maskmap: warning: " + option + " was not needed: all masks came as bits");
      err.flush();
    }
  }
}
