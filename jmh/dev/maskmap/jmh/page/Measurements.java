package dev.maskmap.jmh.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The results of JMH: medians over the iterations of all forks. */
final class Measurements {
  /**
   * One benchmark at one choice of its parameters.
   *
   * @param name {@code Class.method}
   * @param params such as {@code layout=BITS}
   * @param nanos of one operation in one thread, the median
   * @param allocated bytes of one operation, the median; not a number where that was not measured
   */
  record Result(String name, List<String> params, double nanos, double allocated) {}

  private static final Map<String, List<String>> DEFAULTS =
      Map.of(
          "PatchBench.read",
          List.of("layout=BITS", "data=WIDE", "kernel=preferred", "type=UINT8", "side=256"));

  private final List<Result> results;

  private Measurements(List<Result> results) {
    this.results = results;
  }

  /** Takes what JMH writes with {@code -rf json}. */
  static Measurements of(JsonTree json) {
    List<Result> results = new ArrayList<>();
    for (JsonTree each : json.values()) {
      String[] names = each.get("benchmark").text().split("\\.", -1);
      JsonTree params = each.get("params");
      results.add(
          new Result(
              names[names.length - 2] + "." + names[names.length - 1],
              params.names().stream().map(name -> name + "=" + params.get(name).text()).toList(),
              median(each.get("primaryMetric")),
              median(each.get("secondaryMetrics").get("gc.alloc.rate.norm"))));
    }
    return new Measurements(results);
  }

  private static double median(JsonTree metric) {
    List<Double> all = new ArrayList<>();
    for (JsonTree fork : metric.get("rawData").values()) {
      for (JsonTree iteration : fork.values()) {
        all.add(iteration.number());
      }
    }
    return median(all);
  }

  /** The middle one, or the mean of the two in the middle; of none, not a number. */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** Nanoseconds of {@code PatchBench.read}, whose defaults are bits, wide, UINT8, 256x256. */
  double patch(String... params) {
    return nanos("PatchBench.read", params);
  }

  /**
   * Nanoseconds of a benchmark at these parameters; those that are not given are at their defaults,
   * or do not matter. Not a number where it was not measured.
   */
  double nanos(String name, String... params) {
    List<String> wanted = new ArrayList<>(Arrays.asList(params));
    for (String byDefault : DEFAULTS.getOrDefault(name, List.of())) {
      String key = byDefault.substring(0, byDefault.indexOf('=') + 1);
      if (wanted.stream().noneMatch(param -> param.startsWith(key))) {
        wanted.add(byDefault);
      }
    }
    return results.stream()
        .filter(result -> result.name().equals(name) && result.params().containsAll(wanted))
        .mapToDouble(Result::nanos)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The most bytes that an operation of any of these benchmarks allocates. */
  double allocated(Predicate<Result> which) {
    return results.stream()
        .filter(which)
        .mapToDouble(Result::allocated)
        .filter(bytes -> !Double.isNaN(bytes))
        .max()
        .orElse(Double.NaN);
  }

  /** Whether nothing was measured. */
  boolean isEmpty() {
    return results.isEmpty();
  }
}
