package dev.maskmap.jmh.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.jmh.BenchPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page holds what was measured, and says what was not. */
@Tag("once")
class BenchmarksPageTest {
  @TempDir Path folder;

  /** Times that are easy to divide: C 1,000 and 2,000, ours 1,250 and 2,500. */
  @BeforeEach
  void writeARun() throws IOException {
    write(
        "facts.json",
        """
        {"date": "2026-11-25", "quick": false, "pinned": true, "cpu": "A CPU", "cores": 2,
         "busy_cores": 0.01, "system": "Linux 6", "architecture": "amd64", "java": "25",
         "kernel": "vector 512", "real_masks": true,
         "bytes": {"wide_bits": 260000000, "wide_runs": 6000000, "wide_runs_and_rows": 5000000,
                   "wide_floor": 5000000, "noise_bits": 2080000, "noise_runs": 2100800}}
        """);
    write("floor-hot-1.json", "{\"patch_ns\": 1100, \"memset_ns\": 500}");
    write("floor-hot-2.json", "{\"patch_ns\": 1000, \"memset_ns\": 500}");
    write("floor-wide-1.json", "{\"patch_ns\": 2000, \"memset_ns\": 500}");
    write("floor-runs-1.json", "{\"bits_ns\": 2000, \"runs_ns\": 1500}");
    write(
        "peers.json",
        """
        {"us_per_patch": {"numpy packbits axis=0 (the answer)": 50.0,
                          "numpy packbits axis=0, broadcast AND": 12.0,
                          "numba, pull and expand words, one reused array": 8.0,
                          "numpy bytes (8x the disk)": 4.0},
         "bytes_per_mask": {"numpy packbits axis=0 (the answer)": 259200},
         "torch_dataloader_patches_per_s": {"whole batches": 20000}}
        """);
    write(
        "jmh.json",
        "["
            + String.join(
                ",",
                patch("HOT", "BITS", "preferred", "UINT8", 1250),
                patch("WIDE", "BITS", "preferred", "UINT8", 2500),
                patch("WIDE", "RUNS", "preferred", "UINT8", 2000),
                patch("WIDE", "BITS", "scalar", "UINT8", 7000),
                patch("WIDE", "BITS", "preferred", "PACKED", 1500),
                patch("WIDE", "BITS", "preferred", "UINT8", 250).replace("256", "64"),
                result("BatchBench.one", "\"layout\": \"BITS\", \"ring\": \"1\"", 2600),
                result("BatchBench.one", "\"layout\": \"BITS\", \"ring\": \"4\"", 3000),
                result("MixedBench.read", mixed("native", false), 1000),
                result("MixedBench.read", mixed("native", true), 1100),
                result("MixedBench.read", mixed("heap", true), 2000),
                result("BaselineBench.fill", "\"data\": \"HOT\", \"type\": \"UINT8\"", 1000),
                result("BaselineBench.cropOfBytes", "\"data\": \"WIDE\"", 5000),
                result("MaskBench.count", "\"data\": \"WIDE\", \"layout\": \"BITS\"", 500),
                result("MaskBench.count", "\"data\": \"WIDE\", \"layout\": \"RUNS\"", 800),
                result("OpenBench.open", "\"masks\": \"1\"", 400_000),
                result("OpenBench.open", "\"masks\": \"100000\"", 420_000))
            + "]");
    write("two.json", "[]");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String patch(String data, String layout, String kernel, String type, int nanos) {
    String params =
        "\"data\": \"%s\", \"kernel\": \"%s\", \"layout\": \"%s\", \"side\": \"256\", \"type\":"
            + " \"%s\"";
    return result("PatchBench.read", params.formatted(data, kernel, layout, type), nanos);
  }

  private static String mixed(String destination, boolean mixed) {
    return "\"destination\": \"%s\", \"mixed\": \"%b\"".formatted(destination, mixed);
  }

  /** Two forks, whose median is what is given, whatever the outliers say. */
  private static String result(String name, String params, int nanos) {
    return """
    {"benchmark": "dev.maskmap.jmh.%s", "params": {%s},
     "primaryMetric": {"score": "NaN", "rawData": [[1, %d, 9000000], [%d, %d]]},
     "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[0.25, 0.25, 0.25]]}}}
    """
        .formatted(name, params, nanos, nanos, nanos);
  }

  private String page() throws IOException {
    Path page = folder.resolve("page.md");
    BenchmarksPage.main(
        new String[] {
          folder.toString(),
          folder.resolve("jmh.json").toString(),
          folder.resolve("two.json").toString(),
          page.toString()
        });
    return Files.readString(page);
  }

  private static void assertLine(String page, String line) {
    assertTrue(Arrays.asList(page.split("\n", -1)).contains(line), () -> line + "\nin\n" + page);
  }

  @Test
  void ratiosAreThoseOfTheMedians() throws IOException {
    String page = page();
    assertLine(page, "| C, bits | 1.00 us | 1 | 2.00 us | 1 |");
    assertLine(page, "| maskmap, bits, vectors of 512 bits | 1.25 us | 1.25 | 2.50 us | 1.25 |");
    assertLine(page, "| maskmap, bits, scalar | - | - | 7.00 us | 3.50 |");
    assertLine(page, "| maskmap, runs, vectors of 512 bits | - | - | 2.00 us | 1.33 |");
    assertLine(page, "| numpy packbits axis=0 (the answer) | 50.0 us | 20.0 | 25.0 | 259,200 |");
    assertLine(page, "| whole batches | 20,000 | 0.050 |");
    assertLine(page, "| 64x64 | - | - | 250 ns | 1.60 | - | - |");
    assertLine(page, "| bits, ring of 4 MiB | 2.60 us | 1.04 |");
    assertLine(page, "| bits, ring of 16 MiB | 3.00 us | 1.20 |");
    assertLine(page, "| native memory, after a mix of all | 1.10 us | 1.10 |");
    assertLine(page, "| heap memory, after a mix of all | 2.00 us | 2.00 |");
    assertLine(page, "| `UINT8` | 65,536 | 1.25 us | 1.25 | 2.50 us | 2.50 | 2.00 us | 2.00 |");
    assertLine(page, "| a patch, wide | 2.50 us | 5.00 us | 2.00 |");
    assertLine(page, "| count a 256x256 region | 500 ns | 800 ns | 0.20 of reading a patch |");
    assertLine(page, "| open and close one of 100,000 | 420 us | - | 1.05 of that |");
    assertLine(page, "| maskmap, runs | 6,000 | 0.023 | 262,600 | 1.01 |");
  }

  @Test
  void everyAimIsMetMissedOrNotMeasured() throws IOException {
    String page = page();
    assertLine(page, "| bits, hot, preferred kernel, of C | at most 1.25 | 1.25 | met |");
    assertLine(page, "| bits, wide, preferred kernel, of C | at most 1.1 | 1.25 | missed |");
    assertLine(page, "| bits, hot, scalar, of C | at most 5 | - | not measured |");
    assertLine(page, "| `PACKED`, wide, of `UINT8` | at most 0.7 | 0.60 | met |");
    assertLine(page, "| runs, wide, of bits | at most 0.75 | 0.80 | missed |");
    assertLine(
        page, "| bytes of the store of runs, of the C program's | at most 1.2 | 1.20 | met |");
    assertLine(page, "| the best of Python on the same bits, of bits | at least 3 | 3.20 | met |");
    assertLine(page, "| the best of Python on the same bits, of runs | at least 4 | 4.00 | met |");
    assertLine(page, "| the answer's recipe, of bits | at least 18 | 20.0 | met |");
    assertTrue(page.contains("0.25 bytes an operation, which are JMH's own"), page);
  }

  @Test
  void whatAllocatesIsNotHidden() throws IOException {
    write("jmh.json", Files.readString(folder.resolve("jmh.json")).replace("0.25", "40.00"));
    assertTrue(page().contains("40.00 bytes an operation, so some of them do"));
  }

  @Test
  void theNarrowerKernelIsThePreferredOneWhereThatIsNoWider() throws IOException {
    String facts = Files.readString(folder.resolve("facts.json"));
    write("facts.json", facts.replace("vector 512", "vector 256"));
    assertLine(page(), "| bits, wide, 256 bits, of C | at most 1.3 | 1.25 | met |");
  }

  @Test
  void aQuickRunAndABusyMachineAreSaid() throws IOException {
    String facts = Files.readString(folder.resolve("facts.json"));
    assertFalse(page().contains("quick run"));
    assertFalse(page().contains("grain of salt"));
    write(
        "facts.json", facts.replace("\"quick\": false", "\"quick\": true").replace("0.01", "1.5"));
    assertTrue(page().contains("quick run"));
    assertTrue(page().contains("kept 1.50 cores busy"));
  }

  @Test
  void whatDidNotRunIsLeftOutWithASentence() throws IOException {
    for (String name : List.of("floor-hot-1", "floor-hot-2", "floor-wide-1", "floor-runs-1")) {
      Files.delete(folder.resolve(name + ".json"));
    }
    write("peers.json", "");
    Files.delete(folder.resolve("two.json"));
    String page = page();
    assertTrue(page.contains("No C program ran beside these"), page);
    assertTrue(page.contains("Not measured here: the script `peers.py`"), page);
    assertFalse(page.contains("| C, bits"), page);
    assertFalse(page.contains("on two cores"), page);
    assertFalse(page.contains("NaN"), page);
    assertLine(page, "| maskmap, bits, vectors of 512 bits | 1.25 us | - | 2.50 us | - |");
    assertLine(page, "| the answer's recipe, of bits | at least 18 | - | not measured |");
  }

  @Test
  void withoutResultsThereIsNoPage() throws IOException {
    Files.delete(folder.resolve("jmh.json"));
    assertThrows(IOException.class, this::page);
    assertFalse(Files.exists(folder.resolve("page.md")));
  }

  @Test
  void aFullPlanFillsEveryAimAndEveryTable() throws IOException {
    List<String> unknown = new ArrayList<>();
    List<BenchPlan.Selection> oneCore = new ArrayList<>(BenchPlan.limits(false));
    oneCore.addAll(BenchPlan.others(false));
    write("jmh.json", PlannedResults.json(oneCore, unknown));
    write("two.json", PlannedResults.json(BenchPlan.twoCores(false), unknown));
    String kernel =
        BenchPlan.limits(false).toString().contains("256") ? "vector 512" : "vector 256";
    String facts = Files.readString(folder.resolve("facts.json"));
    write("facts.json", facts.replace("vector 512", kernel));
    String page = page();
    assertEquals(List.of(), unknown);
    for (String row :
        List.of(
            "| `BFLOAT16` | 131,072 | 1.00 us | 1.00 | 1.00 us | 1.00 | 1.00 us | 1.00 |",
            "| 17x17 | 1.00 us | 227 | 1.00 us | 227 | 1.00 us | 227 |",
            "| runs, ring of 16 MiB | 1.00 us | 1.00 |",
            "| runs | 1.00 us | 1.00 us | 2.00 times those of one |",
            "| heap memory, after a mix of all | 1.00 us | 1.00 |",
            "| a whole mask, hot | 1.00 us | 1.00 us | 1.00 |",
            "| packed rows shifted from array to array | 1.00 us | 1.00 |",
            "| the place of the n-th foreground pixel | 1.00 us | 1.00 us | 1.00 of reading a patch"
                + " |",
            "| of which packing | 1.00 us | 1.00 us | 1.00 of a copy of it |")) {
      assertLine(page, row);
    }
    String aims = page.substring(page.indexOf("## The aims"), page.indexOf("## Against hand"));
    // Which kernels a plan has depends on the machine.
    for (String line : aims.split("\n", -1)) {
      assertFalse(line.contains("| not measured |") && !line.contains("256 bits"), line);
    }
    assertTrue(page.contains("0.20 bytes an operation"), page);
  }

  @Test
  void aQuickPlanNamesOnlyWhatIsThere() {
    List<String> unknown = new ArrayList<>();
    PlannedResults.json(BenchPlan.limits(true), unknown);
    PlannedResults.json(BenchPlan.others(true), unknown);
    PlannedResults.json(BenchPlan.twoCores(true), unknown);
    assertEquals(List.of(), unknown);
  }
}
