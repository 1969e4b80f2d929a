package dev.maskmap.cli;

import java.util.Arrays;
import java.util.List;

/**
 * What a bench measured.
 *
 * @param patchesPerSecond of all threads together, each by the median of its rounds
 * @param medianNanos a patch, over the rounds of all threads
 * @param minNanos a patch, in the best round
 * @param bytesPerSecond written into destinations
 * @param rounds measured
 */
record BenchResult(
    double patchesPerSecond,
    double medianNanos,
    double minNanos,
    double bytesPerSecond,
    int rounds) {

  /** Sums up the nanoseconds a patch of each thread's rounds. */
  static BenchResult of(Bench bench, List<double[]> threads) {
    double patches = threads.stream().mapToDouble(rounds -> 1e9 / median(rounds)).sum();
    double[] all = threads.stream().flatMapToDouble(Arrays::stream).toArray();
    long bytes = bench.pixel().patchBytes(bench.size().height(), bench.size().width());
    return new BenchResult(
        patches, median(all), Arrays.stream(all).min().orElseThrow(), patches * bytes, all.length);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
