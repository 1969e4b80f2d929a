package dev.maskmap.jmh;

import dev.maskmap.internal.kernel.Kernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which benchmarks make up a run, each at which parameters. {@link PatchBench} over all of them at
 * once would take an hour: a plan goes along one parameter at a time.
 */
public final class BenchPlan {
  /**
   * Benchmarks of one class.
   *
   * @param include pattern of their names
   * @param forks processes that measure each
   * @param params the values of each parameter that is not at its default
   */
  public record Selection(String include, int forks, Map<String, String[]> params) {}

  private final boolean quick;
  private final List<Selection> selections = new ArrayList<>();

  private BenchPlan(boolean quick) {
    this.quick = quick;
  }

  /** What other programs are compared with, which run right before and after; on one core. */
  public static List<Selection> limits(boolean quick) {
    BenchPlan plan = new BenchPlan(quick);
    plan.kernels();
    return List.copyOf(plan.selections);
  }

  /** All else that one thread does, on one core. */
  public static List<Selection> others(boolean quick) {
    BenchPlan plan = new BenchPlan(quick);
    plan.patches();
    plan.baselines();
    plan.others();
    return List.copyOf(plan.selections);
  }

  /** What needs two cores. */
  public static List<Selection> twoCores(boolean quick) {
    BenchPlan plan = new BenchPlan(quick);
    plan.add("BatchBench", 1, "layout=" + plan.pick("BITS", "BITS,RUNS"), "ring=1");
    return List.copyOf(plan.selections);
  }

  private void kernels() {
    String layouts = pick("BITS", "BITS,RUNS");
    add("PatchBench", quick ? 1 : 3, "layout=BITS,RUNS", "data=HOT,WIDE");
    add("PatchBench", 1, "layout=" + layouts, "data=HOT,WIDE", "kernel=" + otherKernels());
  }

  private void patches() {
    String layouts = pick("BITS", "BITS,RUNS");
    String types = pick("FLOAT32,INT64,PACKED", "UINT8_255,FLOAT16,BFLOAT16,FLOAT32,INT64,PACKED");
    add("PatchBench", 1, "layout=" + layouts, "data=HOT,WIDE", "type=" + types);
    String sides = pick("17,257,512", "17,64,250,257,512");
    add("PatchBench", 1, "layout=" + layouts, "data=" + pick("WIDE", "HOT,WIDE"), "side=" + sides);
    add("PatchBench", 1, "layout=BITS,RUNS", "data=NOISE");
  }

  /** Those that are narrower than the preferred one. */
  private String otherKernels() {
    String preferred = Kernels.get().name();
    List<String> others = new ArrayList<>();
    if (preferred.equals("vector 512")) {
      others.add("256");
    }
    if (!quick && preferred.startsWith("vector") && !preferred.endsWith("128")) {
      others.add("128");
    }
    others.add("scalar");
    return String.join(",", others);
  }

  private void baselines() {
    String sizes = pick("UINT8,FLOAT32,INT64", "UINT8,FLOAT16,FLOAT32,INT64,PACKED");
    String data = pick("WIDE", "HOT,WIDE");
    add("BaselineBench.fill", 1, "data=HOT", "type=" + sizes);
    add("BaselineBench.copy", 1, "data=HOT");
    add("BaselineBench.pull", 1, "data=HOT,WIDE");
    add("BaselineBench.(naive|throughArrays|cropOfBytes|pixelsOfBytes|whole)", 1, "data=" + data);
  }

  private void others() {
    add("MixedBench", quick ? 1 : 2, "destination=native", "mixed=false,true");
    if (!quick) {
      add("MixedBench", 1, "destination=mapped,heap", "mixed=true");
    }
    add("MaskBench", 1, "layout=BITS,RUNS", "data=WIDE");
    add("BatchBench.one", 1, "layout=" + pick("BITS", "BITS,RUNS"), "ring=" + pick("1", "1,4"));
    add("PackBench.add", 1, "layout=BITS,RUNS");
    add("PackBench.(pack|copy)", 1, "layout=BITS");
    add("OpenBench", 1, "masks=1,100000");
  }

  private String pick(String few, String all) {
    return quick ? few : all;
  }

  private void add(String include, int forks, String... params) {
    Map<String, String[]> values = new LinkedHashMap<>();
    for (String param : params) {
      String[] parts = param.split("=", 2);
      values.put(parts[0], parts[1].split(",", -1));
    }
    selections.add(new Selection("\\." + include, forks, values));
  }
}
