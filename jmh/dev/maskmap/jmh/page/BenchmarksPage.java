package dev.maskmap.jmh.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes {@code docs/benchmarks.md}; {@code bin/benchmarks} calls it. */
final class BenchmarksPage {
  private BenchmarksPage() {}

  /**
   * Writes the page.
   *
   * @param args the run's folder, JMH's results of one core, those of two, and the page
   */
  public static void main(String[] args) throws IOException {
    Inputs inputs = Inputs.read(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    if (inputs.oneCore().isEmpty()) {
      throw new IOException(args[1] + ": no results of JMH in it");
    }
    Files.writeString(Path.of(args[3]), of(inputs));
  }

  /** The page. The same inputs give the same text. */
  static String of(Inputs in) {
    String page =
        head(in)
            + machine(in.facts())
            + terms(in.facts())
            + new AimsSection(in).text()
            + new PatchSections(in).text()
            + new ComparisonSections(in).text();
    return page.replaceAll("\n{3,}", "\n\n").stripTrailing() + "\n";
  }

  private static String head(Inputs in) {
    return """
    # Benchmarks

    <!-- bin/benchmarks makes this page; what it says is in jmh/dev/maskmap/jmh/page. -->

    What a random patch costs, beside the limit of the machine and beside what else one can write. All of it comes from
    one run of `bin/benchmarks` on one machine. Compare the ratios: times are those of that machine. What was tried to get
    there is in [performance.md](performance.md).

    %s
    """
        .formatted(warnings(in.facts()));
  }

  private static String warnings(JsonTree facts) {
    StringBuilder words = new StringBuilder();
    if (facts.get("quick").isTrue()) {
      words.append(
          """
          This was a quick run (`--quick`): short measurements of one process each, and only part of the tables. Ratios may
          be off by a fifth.
          """);
    }
    double busy = facts.get("busy_cores").number();
    if (busy > 0.1) {
      words.append(
          """

          Other programs kept %s cores busy when it began, so take the figures with a grain of salt.
          """
              .formatted(Table.ratio(busy)));
    }
    return words.toString();
  }

  private static String machine(JsonTree facts) {
    Table table = new Table("", "");
    table.row("processor", facts.get("cpu").text() + ", " + cores(facts));
    table.row("kernel of maskmap", kernel(facts));
    table.row("Java", facts.get("java").text());
    table.row("system", facts.get("system").text() + ", " + facts.get("architecture").text());
    table.row("date", facts.get("date").text());
    return """
    ## Machine

    %s
    """
        .formatted(table);
  }

  private static String cores(JsonTree facts) {
    String cores = Table.count(facts.get("cores").number()) + " cores";
    return facts.get("pinned").isTrue() ? cores + ", the run kept on one" : cores;
  }

  private static String kernel(JsonTree facts) {
    String name = facts.get("kernel").text();
    return name.startsWith("vector ") ? name.replace("vector", "vectors of") + " bits" : name;
  }

  private static String terms(JsonTree facts) {
    String masks =
        facts.get("real_masks").isTrue()
            ? "made of real ones of the shared folder, shifted at random"
            : "drawn, since the shared folder with real ones was not there";
    return """
    ## Terms

    - A patch, if nothing else is said, is 256x256 pixels at a random place of a random mask of 1080x1920, as `UINT8`, into
      one piece of native memory, by one thread. Times are medians over short measurements of equal length.
    - *Hot* is 8 masks, whose packed rows fit the cache. *Wide* is 1,000 masks, 259 MB of packed rows in the page cache, as
      real data is. The masks are %s.
    - *Bits* and *runs* are the layouts of [pack](pack.md#layouts).
    - Ratios are of the median times beside them. `-` was not measured in this run.

    """
        .formatted(masks);
  }
}
