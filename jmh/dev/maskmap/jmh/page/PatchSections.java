package dev.maskmap.jmh.page;

import static dev.maskmap.jmh.page.Table.one;
import static dev.maskmap.jmh.page.Table.ratio;
import static dev.maskmap.jmh.page.Table.time;

import java.util.List;

/** What reads of patches cost: kernels, pixel types, sizes, batches, kinds of memory. */
final class PatchSections {
  private static final String HOT = "data=HOT";
  private static final String WIDE = "data=WIDE";
  private static final String RUNS = "layout=RUNS";

  private final Inputs in;
  private final Measurements jmh;

  PatchSections(Inputs in) {
    this.in = in;
    this.jmh = in.oneCore();
  }

  /** All of them. */
  String text() {
    return kernels() + types() + sizes() + batches() + destinations();
  }

  private String kernels() {
    Inputs.Floor floor = in.floor();
    Table table = new Table("", "hot", "of C", "wide", "of C");
    table.row(
        "C, bits", time(floor.hot()), one(floor.hot()), time(floor.wide()), one(floor.wide()));
    table.row("C, runs", "-", "-", time(floor.runs()), one(floor.runs()));
    table.row(
        "C, `memset` of as many bytes",
        time(floor.memset()),
        ratio(floor.memset() / floor.hot()),
        "-",
        "-");
    String preferred = in.facts().get("kernel").text().replace("vector ", "");
    for (String layout : List.of("BITS", "RUNS")) {
      for (String kernel : List.of("preferred", "256", "128", "scalar")) {
        double hot = jmh.patch("layout=" + layout, HOT, "kernel=" + kernel);
        double wide = jmh.patch("layout=" + layout, WIDE, "kernel=" + kernel);
        boolean bits = layout.equals("BITS");
        table.row(
            "maskmap, %s, %s"
                .formatted(
                    bits ? "bits" : "runs",
                    vectors(kernel.equals("preferred") ? preferred : kernel)),
            time(hot),
            bits ? ratio(hot / floor.hot()) : "-",
            time(wide),
            ratio(wide / (bits ? floor.wide() : floor.runs())));
      }
    }
    String words =
        floor.isThere()
            ? """
            The C programs are hand-written for this processor, read the same masks, and do nothing else: no bounds, no
            types, no closing. They ran on the same core, before and after ours%s.
            """
                .formatted(
                    Double.isNaN(floor.spread())
                        ? ""
                        : "; the faster of two times counts, which were at most %s apart"
                            .formatted(percent(floor.spread())))
            : """
            No C program ran beside these: the folder `floor` of the shared folder, or a C compiler, was not there.
            """;
    return """
    ## Against hand-written C

    %s
    %s
    """
        .formatted(words, table);
  }

  private static String vectors(String kernel) {
    return kernel.equals("scalar") ? kernel : "vectors of " + kernel + " bits";
  }

  private static String percent(double spread) {
    return Math.round((spread - 1) * 100) + " %";
  }

  private String types() {
    Table table =
        new Table(
            "", "bytes", "bits, hot", "of fill", "bits, wide", "of fill", "runs, wide", "of fill");
    for (Type type : Type.values()) {
      double fill = jmh.nanos("BaselineBench.fill", "type=" + type.sameSize());
      String param = "type=" + type;
      double hot = jmh.patch(HOT, param);
      double wide = jmh.patch(param);
      double runs = jmh.patch(RUNS, param);
      table.row(
          "`" + type + "`",
          hot > 0 || wide > 0 ? Table.count(type.bytes) : "-",
          time(hot),
          ratio(hot / fill),
          time(wide),
          ratio(wide / fill),
          time(runs),
          ratio(runs / fill));
    }
    return """
    ## Pixel types

    *Of fill* is the share of a `MemorySegment.fill` of as many bytes: below 1 the whole read is faster than that.

    %s
    """
        .formatted(table);
  }

  /** The pixel types, with the bytes of a patch. */
  private enum Type {
    UINT8(65_536, ""),
    UINT8_255(65_536, "UINT8"),
    FLOAT16(131_072, ""),
    BFLOAT16(131_072, "FLOAT16"),
    FLOAT32(262_144, ""),
    INT64(524_288, ""),
    PACKED(8_192, "");

    private final int bytes;
    private final String same;

    Type(int bytes, String same) {
      this.bytes = bytes;
      this.same = same;
    }

    /** The type whose fill was measured. */
    String sameSize() {
      return same.isEmpty() ? name() : same;
    }
  }

  private String sizes() {
    Table table =
        new Table("", "bits, hot", "a pixel", "bits, wide", "a pixel", "runs, wide", "a pixel");
    for (int side : new int[] {17, 64, 250, 256, 257, 512}) {
      String param = "side=" + side;
      double share = 256.0 * 256 / (side * side);
      double hot = jmh.patch(HOT, param);
      double wide = jmh.patch(param);
      double runs = jmh.patch(RUNS, param);
      table.row(
          side + "x" + side,
          time(hot),
          ratio(hot * share / jmh.patch(HOT)),
          time(wide),
          ratio(wide * share / jmh.patch()),
          time(runs),
          ratio(runs * share / jmh.patch(RUNS)));
    }
    return """
    ## Patch sizes

    *A pixel* is the time of one pixel, as a multiple of that in 256x256. Small patches pay for the call and for the cache
    lines that they share with nothing.

    %s
    """
        .formatted(table);
  }

  private String batches() {
    Table table = new Table("64 patches, wide", "a patch", "of one patch alone");
    for (String layout : List.of("BITS", "RUNS")) {
      for (int ring : new int[] {1, 4}) {
        double nanos = jmh.nanos("BatchBench.one", "layout=" + layout, "ring=" + ring);
        table.row(
            "%s, ring of %d MiB".formatted(layout.equals("BITS") ? "bits" : "runs", 4 * ring),
            time(nanos),
            ratio(nanos / jmh.patch("layout=" + layout)));
      }
    }
    Table threads =
        new Table("on two cores", "one thread", "two threads, each", "patches a second");
    for (String layout : List.of("BITS", "RUNS")) {
      double one = in.twoCores().nanos("BatchBench.one", "layout=" + layout);
      double two = in.twoCores().nanos("BatchBench.two", "layout=" + layout);
      threads.row(
          layout.equals("BITS") ? "bits" : "runs",
          time(one),
          time(two),
          Double.isNaN(two) ? "-" : ratio(2 * one / two) + " times those of one");
    }
    return """
    ## Batches

    A ring of batches is more memory than one patch's, and what does not fit the cache is written slower: keep the ring
    small.

    %s
    %s
    """
        .formatted(table, threads.isEmpty() ? "" : threads);
  }

  private String destinations() {
    double alone = jmh.nanos("MixedBench.read", "destination=native", "mixed=false");
    Table table = new Table("hot", "a patch", "of native memory alone");
    table.row("native memory, nothing else before", time(alone), one(alone));
    for (String destination : List.of("native", "mapped", "heap")) {
      double nanos = jmh.nanos("MixedBench.read", "destination=" + destination, "mixed=true");
      table.row(destination + " memory, after a mix of all", time(nanos), ratio(nanos / alone));
    }
    return """
    ## Kinds of memory

    Code that has met several kinds of memory is often slow for all of them from then on. Here 80,000 patches went into
    native, mapped and heap memory in turn before the measurement.

    %s
    """
        .formatted(table);
  }
}
