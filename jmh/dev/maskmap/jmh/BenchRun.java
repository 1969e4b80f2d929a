package dev.maskmap.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a {@link BenchPlan} and writes all results as one JSON document of JMH's own form. {@code
 * bin/benchmarks} calls it.
 */
final class BenchRun {
  private BenchRun() {}

  /**
   * Runs a plan, and adds its results to those that the file holds already.
   *
   * @param args {@code limits}, {@code others} or {@code two}, which are plans; {@code quick} or
   *     {@code full}; and the file
   */
  public static void main(String[] args) throws RunnerException, IOException {
    boolean quick = args[1].equals("quick");
    List<BenchPlan.Selection> plan =
        switch (args[0]) {
          case "limits" -> BenchPlan.limits(quick);
          case "others" -> BenchPlan.others(quick);
          default -> BenchPlan.twoCores(quick);
        };
    List<RunResult> results = new ArrayList<>();
    for (BenchPlan.Selection selection : plan) {
      System.err.printf("  %s %s%n", selection.include().substring(2), text(selection));
      results.addAll(new Runner(options(selection, quick)).run());
    }
    Path file = Path.of(args[2]);
    String before = Files.exists(file) ? Files.readString(file) : "[]";
    ResultFormatFactory.getInstance(ResultFormatType.JSON, args[2]).writeOut(results);
    Files.writeString(file, joined(before, Files.readString(file)));
  }

  /** Two JSON arrays as one. */
  static String joined(String first, String second) {
    String one = first.strip();
    String two = second.strip();
    String head = one.substring(0, one.length() - 1).strip();
    return head
        + (head.equals("[") || two.equals("[]") ? "" : ",")
        + "\n"
        + two.substring(1)
        + "\n";
  }

  private static String text(BenchPlan.Selection selection) {
    return selection.params().entrySet().stream()
        .map(e -> e.getKey() + "=" + String.join(",", Arrays.asList(e.getValue())))
        .collect(Collectors.joining(" "));
  }

  private static Options options(BenchPlan.Selection selection, boolean quick) {
    // One core compiles and measures. Unless it waits for the compiler (-Xbatch), a busy machine
    // has
    // not compiled the read before it is measured.
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .include(selection.include())
            .forks(selection.forks())
            .jvmArgsAppend("-Xbatch")
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(quick ? 1000 : 1500))
            .measurementIterations(quick ? 5 : 9)
            .measurementTime(TimeValue.milliseconds(quick ? 120 : 200))
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    selection.params().forEach(builder::param);
    return builder.build();
  }
}
