package dev.maskmap.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was amiss with a sheet.
 *
 * @param images where images were looked for
 * @param missing names of masks without an image
 * @param misfits masks whose image has another size, a line each
 */
record SampleReport(String images, List<String> missing, List<String> misfits) {
  private static final int MAX_LISTED = 20;

  /**
   * Prints it, and returns the exit code: images that are missing or do not fit are a failure, the
   * sheet is there all the same.
   */
  int print(PrintWriter err) {
    if (!missing.isEmpty()) {
      String names = missing.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
      String more = missing.size() > MAX_LISTED ? ", ..." : "";
      err.println(
          "maskmap: %s: no image for %d mask%s: %s%s"
              .formatted(images, missing.size(), missing.size() == 1 ? "" : "s", names, more));
    }
    misfits.stream().limit(MAX_LISTED).forEach(line -> err.println("maskmap: " + line));
    if (misfits.size() > MAX_LISTED) {
      err.println("maskmap: and %d more of other sizes".formatted(misfits.size() - MAX_LISTED));
    }
    return missing.isEmpty() && misfits.isEmpty() ? 0 : 1;
  }
}
