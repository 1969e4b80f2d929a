package dev.maskmap.jmh.page;

import static dev.maskmap.jmh.page.Table.ratio;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/** What was to be reached, and what was. */
final class AimsSection {
  private static final String HOT = "data=HOT";
  private static final String RUNS = "layout=RUNS";
  private static final String NOISE = "data=NOISE";

  private static final Predicate<Measurements.Result> READS =
      result -> result.name().matches("(Patch|Batch|Mask|Mixed)Bench.*");

  private final Inputs in;
  private final Measurements jmh;
  private final Table table = new Table("", "aim", "reached", "");

  AimsSection(Inputs in) {
    this.in = in;
    this.jmh = in.oneCore();
  }

  /** The section. */
  String text() {
    c();
    types();
    disk();
    python();
    most("patch into native memory after a mix, of the time before", 1.1, mixed());
    return """
    ## The aims

    Each is a ratio of two medians of this run. Reads from a cold file are not measured here.

    %s
    %s
    """
        .formatted(table, memory());
  }

  private void c() {
    Inputs.Floor floor = in.floor();
    double bits = jmh.patch();
    most("bits, hot, preferred kernel, of C", 1.25, jmh.patch(HOT) / floor.hot());
    most("bits, wide, preferred kernel, of C", 1.1, bits / floor.wide());
    most("bits, hot, 256 bits, of C", 1.5, in.kernel("256", HOT) / floor.hot());
    most("bits, wide, 256 bits, of C", 1.3, in.kernel("256") / floor.wide());
    most("bits, hot, scalar, of C", 5, in.kernel("scalar", HOT) / floor.hot());
    most("bits, wide, scalar, of C", 3.2, in.kernel("scalar") / floor.wide());
    most("runs, wide, of C with runs", 1.25, jmh.patch(RUNS) / floor.runs());
    most("runs, wide, of bits", 0.75, jmh.patch(RUNS) / bits);
  }

  private void types() {
    for (String type : List.of("FLOAT16", "BFLOAT16", "FLOAT32", "INT64")) {
      String size = type.equals("BFLOAT16") ? "FLOAT16" : type;
      double fill = jmh.nanos("BaselineBench.fill", "type=" + size);
      double hot = jmh.patch(HOT, "type=" + type) / (fill + pull(HOT));
      double wide = jmh.patch("type=" + type) / (fill + pull("data=WIDE"));
      most("`" + type + "`, hot or wide, of fill and pull", 1.3, Math.max(hot, wide));
    }
    most("`PACKED`, hot, of `UINT8`", 0.4, jmh.patch(HOT, "type=PACKED") / jmh.patch(HOT));
    most("`PACKED`, wide, of `UINT8`", 0.7, jmh.patch("type=PACKED") / jmh.patch());
    most("runs of noise, of bits", 1.3, jmh.patch(NOISE, RUNS) / jmh.patch(NOISE));
  }

  private double pull(String data) {
    return jmh.nanos("BaselineBench.pull", data);
  }

  private void disk() {
    double floor = in.bytes("wide_floor");
    most("bytes of runs and rows, of the C program's", 1.1, in.bytes("wide_runs_and_rows") / floor);
    most("bytes of the store of runs, of the C program's", 1.2, in.bytes("wide_runs") / floor);
    most("bytes of runs of noise, of bits", 1.05, in.bytes("noise_runs") / in.bytes("noise_bits"));
  }

  private void python() {
    double best = bestOfPython();
    double and = in.peer("numpy packbits axis=0, broadcast AND");
    double answer = in.peer("numpy packbits axis=0 (the answer)");
    least("the best of Python on the same bits, of bits", 3, best / jmh.patch());
    least("one broadcast AND in NumPy, of bits", 5, and / jmh.patch());
    least("the answer's recipe, of bits", 18, answer / jmh.patch());
    least("the best of Python on the same bits, of runs", 4, best / jmh.patch(RUNS));
  }

  /** Of those that read the file that we read, packed down the columns. */
  private double bestOfPython() {
    return in.peers().get("us_per_patch").names().stream()
        .filter(name -> name.contains("axis=0") || name.startsWith("numba"))
        .mapToDouble(in::peer)
        .min()
        .orElse(Double.NaN);
  }

  private double mixed() {
    return jmh.nanos("MixedBench.read", "destination=native", "mixed=true")
        / jmh.nanos("MixedBench.read", "destination=native", "mixed=false");
  }

  private void most(String what, double aim, double reached) {
    row(what, "at most " + aim(aim), reached, reached <= aim);
  }

  private void least(String what, double aim, double reached) {
    row(what, "at least " + aim(aim), reached, reached >= aim);
  }

  private void row(String what, String aim, double reached, boolean met) {
    String verdict = met ? "met" : "missed";
    table.row(what, aim, ratio(reached), Double.isNaN(reached) ? "not measured" : verdict);
  }

  private static String aim(double aim) {
    return aim == Math.rint(aim) ? Long.toString((long) aim) : Double.toString(aim);
  }

  private String memory() {
    double bytes =
        DoubleStream.of(jmh.allocated(READS), in.twoCores().allocated(READS))
            .filter(most -> !Double.isNaN(most))
            .max()
            .orElse(Double.NaN);
    if (Double.isNaN(bytes)) {
      return "";
    }
    String verdict =
        bytes < 8
            ? "which are JMH's own: the smallest object takes 16."
            : "so some of them do, or were not compiled yet.";
    return """
    Reads, counts and selects are made to allocate nothing. The most that JMH saw over all of them, in the median, are
    %.2f bytes an operation, %s
    """
        .formatted(bytes, verdict);
  }
}
