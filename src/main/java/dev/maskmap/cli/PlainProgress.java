package dev.maskmap.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Progress for logs: a line now and then, and none for what is done soon. */
final class PlainProgress {
  private static final long EVERY_NANOS = 5_000_000_000L;

  private final String task;
  private final PrintWriter err;
  private final LongSupplier nanos;
  private final long start;
  private long last;

  PlainProgress(String task, PrintWriter err, LongSupplier nanos) {
    this.task = task;
    this.err = err;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.last = start;
  }

  /** Says how far it is, if there was no line for five seconds. */
  void to(long done, long total, String what) {
    long now = nanos.getAsLong();
    if (now - last < EVERY_NANOS || done >= total) {
      return;
    }
    last = now;
    String left =
        done == 0 ? "" : ", about " + duration((now - start) * 1.0 / done * (total - done));
    err.printf("maskmap: %s: %d %%, %s%s%n", task, 100 * done / total, what, left);
    err.flush();
  }

  private static String duration(double nanos) {
    long seconds = Math.round(nanos / 1e9);
    if (seconds < 100) {
      return seconds + " s left";
    }
    return seconds < 6_000 ? seconds / 60 + " min left" : seconds / 3_600 + " h left";
  }
}
