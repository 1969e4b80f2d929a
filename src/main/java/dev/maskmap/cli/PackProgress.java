package dev.maskmap.cli;

import dev.maskmap.convert.ImportProgress;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is: a bar on a terminal, lines elsewhere, nothing where quiet. It goes by the
 * bytes of the inputs, because one file may be one mask or many.
 */
final class PackProgress implements ImportProgress, AutoCloseable {
  private final long start = System.nanoTime();
  private final String things;
  private final ProgressLine bar;
  private final @Nullable PlainProgress lines;
  private boolean started;

  private PackProgress(String things, ProgressLine bar, @Nullable PlainProgress lines) {
    this.things = things;
    this.bar = bar;
    this.lines = lines;
  }

  static PackProgress start(String task, boolean quiet, PrintWriter err) {
    return start(task, "masks", quiet, err);
  }

  /** As the other {@code start}, of other things than masks. */
  static PackProgress start(String task, String things, boolean quiet, PrintWriter err) {
    ProgressLine bar = ProgressLine.startBytes(task, quiet);
    boolean plain = !quiet && !bar.isShown();
    return new PackProgress(
        things, bar, plain ? new PlainProgress(task, err, System::nanoTime) : null);
  }

  @Override
  public void update(State state) {
    if (bar.isShown()) {
      if (!started) {
        bar.total(state.allBytes());
        started = true;
      }
      bar.to(state.bytes(), files(state, "%,d/%,d files, %,.0f/s"));
    } else if (lines != null) {
      lines.to(
          state.bytes(),
          state.allBytes(),
          files(state, "%,d of %,d files (%,.0f/s), %,d " + things));
    }
  }

  /** Returns {@code 120 of 5,000 files (310/s), 120 masks}; a bar has room for less. */
  private String files(State state, String form) {
    double seconds = Math.max(1e-3, (System.nanoTime() - start) / 1e9);
    return String.format(
        Locale.ROOT,
        form,
        state.inputs(),
        state.allInputs(),
        state.inputs() / seconds,
        state.masks());
  }

  @Override
  public void close() {
    bar.close();
  }
}
