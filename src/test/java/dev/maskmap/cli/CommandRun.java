package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** One run of the command line, and what it said. */
record CommandRun(int code, String out, String err) {
  static CommandRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    // On a busy machine any command may take long enough to say how far it is.
    String said = err.toString().replaceAll("(?m)^maskmap: packing: \\d+ %.*\\R", "");
    return new CommandRun(code, out.toString(), said);
  }

  /** A run that must succeed. */
  static CommandRun ok(Object... arguments) {
    CommandRun run = of(arguments);
    assertEquals(0, run.code, run.err);
    return run;
  }

  /** A run that must fail with one line. */
  static CommandRun refused(int code, String word, Object... arguments) {
    CommandRun run = of(arguments);
    assertEquals(code, run.code, run.err);
    assertTrue(run.err.startsWith("maskmap: ") && run.err.contains(word), run.err);
    assertEquals(1, run.err.lines().count(), run.err);
    return run;
  }
}
