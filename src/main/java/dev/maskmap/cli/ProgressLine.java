package dev.maskmap.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error where that is a terminal, nothing anywhere else. */
final class ProgressLine implements AutoCloseable {
  /** Set by the launcher, which can ask: Java only knows about standard input and output. */
  private static final String TERMINAL = "maskmap.stderr.terminal";

  private final @Nullable ProgressBar bar;

  private ProgressLine(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** Starts a bar, unless {@code quiet} or not on a terminal. */
  static ProgressLine start(String task, String unit, long total, boolean quiet) {
    return start(task, " " + unit, 1, total, quiet);
  }

  /** Starts a bar of bytes, whose {@link #total} is not known yet. */
  static ProgressLine startBytes(String task, boolean quiet) {
    return start(task, " MB", 1_000_000, -1, quiet);
  }

  private static ProgressLine start(
      String task, String unit, long unitSize, long total, boolean quiet) {
    if (quiet || !Boolean.getBoolean(TERMINAL)) {
      return new ProgressLine(null);
    }
    return new ProgressLine(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setUnit(unit, unitSize)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build());
  }

  /** Whether there is a bar. */
  boolean isShown() {
    return bar != null;
  }

  /** Says how long it is. */
  void total(long total) {
    if (bar != null) {
      bar.maxHint(total);
    }
  }

  /** Moves it to {@code done} and writes a few words behind it. */
  void to(long done, String extra) {
    if (bar != null) {
      bar.stepTo(done).setExtraMessage(" " + extra);
    }
  }

  /** Moves it to {@code done}. */
  void to(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Leaves the bar as it is and ends its line. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
