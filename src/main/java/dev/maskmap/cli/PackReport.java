package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.ImportSummary;
import dev.maskmap.convert.RuleImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  void print(PrintWriter out) throws IOException {
    ImportSummary summary = result.summary();
    out.println(target.store() + ": " + summary.sizes().describe() + done());
    if (!dryRun) {
      try (MaskStore store = MaskStore.open(target.store())) {
        out.println("  in the store           " + ByteSize.text(StoreFiles.bytes(store)));
      }
    }
    out.println("  at one byte a pixel    " + ByteSize.text(summary.sizes().pixels()));
    out.println("  as the files it read   " + ByteSize.text(summary.bytes()));
    out.println("  foreground             " + foreground());
    out.println();
    result.values().render().forEach(out::println);
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
  void warn(PrintWriter err, List<String> paths) {
    int values = result.values().distinctValues();
    if (values <= 2) {
      return;
    }
    String arguments = paths.stream().map(PackReport::quote).collect(Collectors.joining(" "));
    err.printf(
        Locale.ROOT,
        "maskmap: warning: %,d pixel values, and all but 0 counted as foreground; to choose:"
            + " maskmap pack %s -o %s%s --values V,V (or --threshold T, or --split-labels)%n",
        values,
        arguments,
        quote(target.store().toString()),
        again());
    err.flush();
  }

  /** What it takes to pack the same masks once more, and to lose no others by it. */
  private String again() {
    if (dryRun) {
      return "";
    }
    return switch (target.mode()) {
      case CREATE, OVERWRITE -> " --overwrite";
      case APPEND, REPLACE -> " --replace";
    };
  }

  /** Warns where a rule was given and no input was left to judge. */
  void warnOfUnused(PrintWriter err, String option) {
    if (result.decided() == result.summary().masks()) {
      err.println("maskmap: warning: " + option + " was not needed: all masks came as bits");
      err.flush();
    }
  }

  /** As a shell reads it back. */
  private static String quote(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + Failures.oneLine(argument).replace("'", "'\\''") + "'";
  }
}
