package dev.maskmap.jmh.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a run left behind.
 *
 * @param facts of {@code BenchFacts}
 * @param oneCore benchmarks of one thread, on one core
 * @param twoCores benchmarks that need two
 * @param floor nanoseconds of the C programs
 * @param peers of the Python script
 */
record Inputs(
    JsonTree facts, Measurements oneCore, Measurements twoCores, Floor floor, JsonTree peers) {
  /**
   * The C programs, in nanoseconds; not a number where they did not run. Where they ran twice, the
   * faster: what disturbed the other must not flatter us.
   *
   * @param hot a patch of 8 masks
   * @param wide a patch of 1,000 masks
   * @param runs a patch of 1,000 masks held as runs
   * @param memset as many bytes of one value
   * @param spread the largest ratio of a program's two times
   */
  record Floor(double hot, double wide, double runs, double memset, double spread) {
    boolean isThere() {
      return !Double.isNaN(wide);
    }
  }

  /**
   * Reads the files of a run; any but the first may be missing or empty.
   *
   * @param folder holds {@code facts.json}, {@code floor-hot-1.json}, {@code floor-wide-1.json},
   *     {@code floor-runs-1.json}, the same with 2, and {@code peers.json}
   * @param oneCore JMH's results
   * @param twoCores JMH's results
   */
  static Inputs read(Path folder, Path oneCore, Path twoCores) throws IOException {
    List<Double> spreads = new ArrayList<>();
    Floor floor =
        new Floor(
            faster(folder, "floor-hot", "patch_ns", spreads),
            faster(folder, "floor-wide", "patch_ns", spreads),
            faster(folder, "floor-runs", "runs_ns", spreads),
            faster(folder, "floor-hot", "memset_ns", spreads),
            spreads.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN));
    return new Inputs(
        JsonTree.read(folder.resolve("facts.json")),
        Measurements.of(JsonTree.read(oneCore)),
        Measurements.of(JsonTree.read(twoCores)),
        floor,
        JsonTree.read(folder.resolve("peers.json")));
  }

  private static double faster(Path folder, String name, String member, List<Double> spreads)
      throws IOException {
    double before = JsonTree.read(folder.resolve(name + "-1.json")).get(member).number();
    double after = JsonTree.read(folder.resolve(name + "-2.json")).get(member).number();
    if (Double.isNaN(after)) {
      return before;
    }
    spreads.add(Math.max(before, after) / Math.min(before, after));
    return Math.min(before, after);
  }

  /** Bytes on disk, by the names that {@code BenchFacts} gives. */
  double bytes(String name) {
    return facts.get("bytes").get(name).number();
  }

  /** Microseconds a patch of a Python peer, in nanoseconds. */
  double peer(String name) {
    return peers.get("us_per_patch").get(name).number() * 1e3;
  }

  /** The time of the preferred kernel where that is as wide, or of the one that was forced. */
  double kernel(String name, String... params) {
    String preferred = facts.get("kernel").text().replace("vector ", "");
    List<String> all = new ArrayList<>(List.of(params));
    all.add("kernel=" + (name.equals(preferred) ? "preferred" : name));
    return oneCore.patch(all.toArray(String[]::new));
  }
}
