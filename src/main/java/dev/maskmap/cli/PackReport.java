package dev.maskmap.cli;

import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.MaskImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code pack} says when it is done. */
record PackReport(Path store, ForegroundRule rule, MaskImport.Summary summary) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  void print(PrintWriter out) throws IOException {
    out.printf(
        Locale.ROOT,
        "%s: %,d masks of %d x %d pixels (height x width)%n",
        store,
        summary.masks(),
        summary.height(),
        summary.width());
    long pixels = (long) summary.masks() * summary.height() * summary.width();
    out.println("  in the store           " + ByteSize.text(StoreFiles.bytes(store)));
    out.println("  at one byte a pixel    " + ByteSize.text(pixels));
    out.println("  as the files it read   " + ByteSize.text(summary.fileBytes()));
    out.println("  foreground             " + rule.describe());
    out.println();
    summary.values().render().forEach(out::println);
  }

  /** Warns where nobody said which of several values are foreground. */
  void warn(PrintWriter err, List<String> paths) {
    int values = summary.values().distinctValues();
    if (values <= 2) {
      return;
    }
    String arguments = paths.stream().map(PackReport::quote).collect(Collectors.joining(" "));
    err.printf(
        Locale.ROOT,
        "maskmap: warning: %,d pixel values, and all but 0 counted as foreground; to choose:"
            + " maskmap pack %s -o %s --overwrite --values V,V (or --threshold T)%n",
        values,
        arguments,
        quote(store.toString()));
    err.flush();
  }

  /** As a shell reads it back. */
  private static String quote(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + Failures.oneLine(argument).replace("'", "'\\''") + "'";
  }
}
