package dev.maskmap.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/**
 * The command line: {@code maskmap COMMAND ...}. Exit codes: 0, 1 (it failed), 2 (bad usage).
 * Errors are one line on standard error.
 */
public final class Main {
  private static final int HELP_WIDTH = 100;

  /** Long enough to remove an unfinished store. */
  private static final int CLEAN_UP_SECONDS = 10;

  private Main() {}

  /** Runs one command and ends the process. */
  public static void main(String[] args) {
    logInOneLine();
    CountDownLatch finished = new CountDownLatch(1);
    cleanUpWhenInterrupted(Thread.currentThread(), finished);
    StandardOutput out = new StandardOutput();
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    int code = run(out.writer(), err, args);
    code = out.finish(err, code);
    finished.countDown();
    System.exit(code);
  }

  /** Runs one command and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Failures failures = new Failures(err, Arrays.asList(args).contains("--debug"));
    try {
      return commandLine(out, err, failures, args).execute(args);
    } catch (Throwable e) { // picocli hands on errors, such as OutOfMemoryError, as they are
      return failures.report(e);
    }
  }

  private static CommandLine commandLine(
      PrintWriter out, PrintWriter err, Failures failures, String... args) {
    CommandLine line = new CommandLine(new MaskmapCommand());
    Commands.addTo(line, args.length == 0 ? "" : args[0]);
    line.setOut(out)
        .setErr(err)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setUsageHelpWidth(HELP_WIDTH)
        .setUsageHelpLongOptionsMaxWidth(26)
        .setParameterExceptionHandler((e, given) -> failures.reportUsage(e))
        .setExecutionExceptionHandler((e, command, parsed) -> failures.report(e));
    return line;
  }

  private static void logInOneLine() {
    for (String property :
        new String[] {"java.util.logging.SimpleFormatter.format", "jdk.system.logger.format"}) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, "%5$s%n");
      }
    }
  }

  /** On Ctrl-C the command's own thread is interrupted, so that it removes what is half-written. */
  private static void cleanUpWhenInterrupted(Thread command, CountDownLatch finished) {
    Runnable hook =
        () -> {
          try {
            if (finished.getCount() > 0) {
              command.interrupt();
              finished.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(hook, "clean-up"));
  }
}
