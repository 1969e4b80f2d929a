package dev.maskmap.jmh;

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
   * Runs a plan.
   *
   * @param args {@code one} core or {@code two}, {@code quick} or {@code full}, and the file
   */
  public static void main(String[] args) throws RunnerException {
    boolean quick = args[1].equals("quick");
    List<BenchPlan.Selection> plan =
        args[0].equals("two") ? BenchPlan.twoCores(quick) : BenchPlan.oneCore(quick);
    List<RunResult> results = new ArrayList<>();
    for (BenchPlan.Selection selection : plan) {
      System.err.printf("  %s %s%n", selection.include().substring(2), text(selection));
      results.addAll(new Runner(options(selection, quick)).run());
    }
    ResultFormatFactory.getInstance(ResultFormatType.JSON, Path.of(args[2]).toString())
        .writeOut(results);
  }

  private static String text(BenchPlan.Selection selection) {
    return selection.params().entrySet().stream()
        .map(e -> e.getKey() + "=" + String.join(",", Arrays.asList(e.getValue())))
        .collect(Collectors.joining(" "));
  }

  private static Options options(BenchPlan.Selection selection, boolean quick) {
    // One core compiles and measures: the first second goes to the compiler.
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .include(selection.include())
            .forks(selection.forks())
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
