package dev.maskmap.jmh;

import dev.maskmap.Layout;
import dev.maskmap.internal.json.Json;
import dev.maskmap.internal.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run of the benchmarks says about itself: machine, Java, kernel, date, and how large the
 * masks are on disk. {@code bin/benchmarks} calls it, which also makes all masks.
 */
final class BenchFacts {
  private BenchFacts() {}

  /**
   * Writes the facts of this process as one JSON object.
   *
   * @param args {@code quick} or {@code full}, the core that the run is kept on or {@code none},
   *     and the file
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put("quick", args[0].equals("quick"));
    facts.put("pinned", !args[1].equals("none"));
    facts.put("cpu", cpu());
    // Not what this process may use: it is kept on one.
    facts.put("cores", lines("/proc/cpuinfo", "processor").size());
    facts.put("busy_cores", busyCores());
    facts.put("system", property("os.name") + " " + property("os.version"));
    facts.put("architecture", property("os.arch"));
    facts.put("java", property("java.runtime.version") + " (" + property("java.vendor") + ")");
    facts.put("kernel", Kernels.get().name());
    facts.put("real_masks", BenchData.sources().areReal());
    facts.put("bytes", sizes());
    Files.writeString(Path.of(args[2]), Json.write(facts));
  }

  private static Map<String, Object> sizes() throws IOException {
    for (BenchData data : BenchData.values()) {
      for (Layout layout : Layout.values()) {
        data.open(layout).close();
      }
    }
    Path floor = FloorFiles.make();
    Path runs = BenchData.WIDE.path(Layout.RUNS);
    Map<String, Object> sizes = new LinkedHashMap<>();
    sizes.put("wide_bits", folderBytes(BenchData.WIDE.path(Layout.BITS)));
    sizes.put("wide_runs", folderBytes(runs));
    sizes.put("wide_runs_and_rows", bytes(runs, "runs.npy", "rows.npy"));
    sizes.put("wide_floor", bytes(floor, "ends.bin", "values.bin", "rows.bin"));
    sizes.put("noise_bits", folderBytes(BenchData.NOISE.path(Layout.BITS)));
    sizes.put("noise_runs", folderBytes(BenchData.NOISE.path(Layout.RUNS)));
    return sizes;
  }

  private static long bytes(Path folder, String... names) throws IOException {
    long bytes = 0;
    for (String name : names) {
      bytes += Files.size(folder.resolve(name));
    }
    return bytes;
  }

  private static long folderBytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** How many cores others keep busy: over a second in which this process sleeps. */
  private static double busyCores() throws InterruptedException {
    double[] before = ticks();
    Thread.sleep(1000);
    double[] after = ticks();
    double all = after[1] - before[1];
    int cores = lines("/proc/cpuinfo", "processor").size();
    return all > 0 ? cores * (after[0] - before[0]) / all : 0;
  }

  /** The ticks of all cores that were busy, and all: fields 4 and 5 are idle and waiting. */
  private static double[] ticks() {
    String[] fields = first(lines("/proc/stat", "cpu ")).split(" +", -1);
    double busy = 0;
    double all = 0;
    for (int i = 1; i < Math.min(9, fields.length); i++) {
      all += Double.parseDouble(fields[i]);
      busy += i == 4 || i == 5 ? 0 : Double.parseDouble(fields[i]);
    }
    return new double[] {busy, all};
  }

  private static String cpu() {
    String line = first(lines("/proc/cpuinfo", "model name"));
    return line.isEmpty() ? property("os.arch") : line.substring(line.indexOf(':') + 1).strip();
  }

  private static String first(List<String> lines) {
    return lines.isEmpty() ? "" : lines.getFirst();
  }

  /** The lines that begin so; none where there is no such file. */
  private static List<String> lines(String file, String beginning) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(beginning))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
