package dev.maskmap.jmh.page;

import dev.maskmap.jmh.BaselineBench;
import dev.maskmap.jmh.BatchBench;
import dev.maskmap.jmh.BenchPlan;
import dev.maskmap.jmh.MaskBench;
import dev.maskmap.jmh.MixedBench;
import dev.maskmap.jmh.OpenBench;
import dev.maskmap.jmh.PackBench;
import dev.maskmap.jmh.PatchBench;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** What JMH would write for a plan, each time 1,000 ns: names and parameters as JMH finds them. */
final class PlannedResults {
  private static final List<Class<?>> CLASSES =
      List.of(
          PatchBench.class,
          BaselineBench.class,
          BatchBench.class,
          MaskBench.class,
          MixedBench.class,
          OpenBench.class,
          PackBench.class);

  private PlannedResults() {}

  /** The document, and one line for each thing in the plan that does not exist. */
  static String json(List<BenchPlan.Selection> plan, List<String> unknown) {
    List<String> results = new ArrayList<>();
    for (BenchPlan.Selection selection : plan) {
      int before = results.size();
      for (Class<?> type : CLASSES) {
        for (Method method : type.getDeclaredMethods()) {
          String name = type.getName() + "." + method.getName();
          if (method.isAnnotationPresent(Benchmark.class)
              && Pattern.compile(selection.include()).matcher(name).find()) {
            addAll(results, name, params(type, selection, unknown));
          }
        }
      }
      if (results.size() == before) {
        unknown.add(selection.include());
      }
    }
    return "[" + String.join(",\n", results) + "]";
  }

  private static Map<String, List<String>> params(
      Class<?> type, BenchPlan.Selection selection, List<String> unknown) {
    Map<String, List<String>> params = new LinkedHashMap<>();
    for (Field field : type.getFields()) {
      Param param = field.getAnnotation(Param.class);
      if (param != null) {
        params.put(field.getName(), values(field, param));
      }
    }
    selection
        .params()
        .forEach(
            (name, values) -> {
              if (params.put(name, Arrays.asList(values)) == null) {
                unknown.add(type.getSimpleName() + " " + name);
              }
            });
    return params;
  }

  private static List<String> values(Field field, Param param) {
    boolean all = Arrays.equals(param.value(), new String[] {Param.BLANK_ARGS});
    return all
        ? Arrays.stream(field.getType().getEnumConstants()).map(e -> ((Enum<?>) e).name()).toList()
        : List.of(param.value());
  }

  private static void addAll(List<String> results, String name, Map<String, List<String>> params) {
    List<String> choices = List.of("");
    for (Map.Entry<String, List<String>> param : params.entrySet()) {
      List<String> longer = new ArrayList<>();
      for (String choice : choices) {
        for (String value : param.getValue()) {
          String member = "\"%s\": \"%s\"".formatted(param.getKey(), value);
          longer.add(choice.isEmpty() ? member : choice + ", " + member);
        }
      }
      choices = longer;
    }
    for (String choice : choices) {
      results.add(
          """
          {"benchmark": "%s", "params": {%s}, "primaryMetric": {"rawData": [[900, 1000, 5000]]},
           "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[0.1, 0.2, 900]]}}}
          """
              .formatted(name, choice));
    }
  }
}
