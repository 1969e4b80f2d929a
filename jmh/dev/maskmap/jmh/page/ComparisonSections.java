package dev.maskmap.jmh.page;

import static dev.maskmap.jmh.page.Table.count;
import static dev.maskmap.jmh.page.Table.one;
import static dev.maskmap.jmh.page.Table.ratio;
import static dev.maskmap.jmh.page.Table.time;

import java.util.List;

/** What else one can write, what else stores do, how large they are, and where they do not help. */
final class ComparisonSections {
  private static final int MASKS = 1000;
  private static final int NOISE_MASKS = 8;
  private static final double UNPACKED = 1080.0 * 1920;

  private final Inputs in;
  private final Measurements jmh;

  ComparisonSections(Inputs in) {
    this.in = in;
    this.jmh = in.oneCore();
  }

  /** All of them. */
  String text() {
    return python() + java() + others() + disk() + noGain();
  }

  private String python() {
    double bits = jmh.patch();
    double runs = jmh.patch("layout=RUNS");
    Table table =
        new Table("wide, one process", "a patch", "times bits", "times runs", "bytes a mask");
    for (String name : in.peers().get("us_per_patch").names()) {
      double nanos = in.peer(name);
      String bytes = count(in.peers().get("bytes_per_mask").get(name).number());
      table.row(name, time(nanos), ratio(nanos / bits), ratio(nanos / runs), bytes);
    }
    if (table.isEmpty()) {
      return """
      ## Against Python

      Not measured here: the script `peers.py` of the shared folder, or a Python with NumPy, was not there.

      """;
    }
    table.row(
        "maskmap, bits", time(bits), one(bits), ratio(bits / runs), perMask("wide_bits", MASKS));
    table.row(
        "maskmap, runs", time(runs), ratio(runs / bits), one(runs), perMask("wide_runs", MASKS));
    return """
    ## Against Python

    What one can write in Python over the same masks, in the same run on the same core. *Times bits* says how many of
    maskmap's patches of bits come out meanwhile. Each way returns an array of a byte a pixel. *The answer* is what people
    are told to do. Unpacked bytes and those in chunks hold the first 100 masks only.

    %s
    %s
    """
        .formatted(table, loaders());
  }

  private String loaders() {
    JsonTree rates = in.peers().get("torch_dataloader_patches_per_s");
    Table table = new Table("torch's `DataLoader`, 2 workers", "patches a second", "of maskmap's");
    for (String name : rates.names()) {
      double rate = rates.get(name).number();
      table.row(name, count(rate), ratio(rate * jmh.patch() / 1e9));
    }
    if (table.isEmpty()) {
      return "";
    }
    return "Maskmap's are those of one thread that reads bits, without a loader around it.\n\n"
        + table
        + "\n";
  }

  private String java() {
    double bits = jmh.patch();
    Table table = new Table("wide", "a patch", "times bits");
    table.row("maskmap, bits", time(bits), one(bits));
    javaRow(table, "the packed rows copied, not expanded (the loads)", "pull", "data=WIDE");
    javaRow(table, "64 KiB filled with one value (the stores)", "fill", "type=UINT8");
    javaRow(table, "64 KiB copied inside the cache", "copy", "data=HOT");
    javaRow(table, "packed rows shifted from array to array", "throughArrays", "data=WIDE");
    javaRow(table, "`Mask.get`, pixel by pixel", "naive", "data=WIDE");
    javaRow(table, "rows copied from unpacked bytes, mapped", "cropOfBytes", "data=WIDE");
    return """
    ## In Java

    Bounds, and what one would write without maskmap. `BaselineBench` holds all of them.

    %s
    """
        .formatted(table);
  }

  private void javaRow(Table table, String what, String method, String param) {
    double nanos = jmh.nanos("BaselineBench." + method, param);
    table.row(what, time(nanos), ratio(nanos / jmh.patch()));
  }

  private String others() {
    double patch = jmh.patch();
    Table table = new Table("", "bits", "runs", "bits, compared with");
    for (String[] each :
        List.of(
            new String[] {"count a 256x256 region", "count"},
            new String[] {"foreground above a packed row", "foregroundBefore"},
            new String[] {"the place of the n-th foreground pixel", "select"})) {
      double bits = jmh.nanos("MaskBench." + each[1], "layout=BITS", "data=WIDE");
      double runs = jmh.nanos("MaskBench." + each[1], "layout=RUNS", "data=WIDE");
      table.row(each[0], time(bits), time(runs), ratio(bits / patch) + " of reading a patch");
    }
    double bits = jmh.nanos("PackBench.add", "layout=BITS");
    double runs = jmh.nanos("PackBench.add", "layout=RUNS");
    double copy = jmh.nanos("PackBench.copy");
    double pack = jmh.nanos("PackBench.pack");
    table.row(
        "add a mask of bytes to a store",
        time(bits),
        time(runs),
        ratio(bits / copy) + " of a copy of it");
    table.row("of which packing", time(pack), time(pack), ratio(pack / copy) + " of a copy of it");
    double single = jmh.nanos("OpenBench.open", "masks=1");
    double many = jmh.nanos("OpenBench.open", "masks=100000");
    table.row("open and close a store of 1 mask", time(single), "-", one(single));
    table.row("open and close one of 100,000", time(many), "-", ratio(many / single) + " of that");
    return """
    ## Counting, selecting, packing, opening

    Wide. Adding a mask is packing it, its checksum, its sums, its runs, and the write to the page cache.

    %s
    """
        .formatted(table);
  }

  private String disk() {
    Table table = new Table("bytes a mask, on disk", "real masks", "of bits", "noise", "of bits");
    diskRow(table, "one byte a pixel", UNPACKED * MASKS, UNPACKED * NOISE_MASKS);
    diskRow(table, "maskmap, bits", in.bytes("wide_bits"), in.bytes("noise_bits"));
    diskRow(table, "maskmap, runs", in.bytes("wide_runs"), in.bytes("noise_runs"));
    return """
    ## On disk

    Everything in the folder is counted: names, sums and checksums too.

    %s
    """
        .formatted(table);
  }

  private void diskRow(Table table, String what, double wide, double noise) {
    table.row(
        what,
        count(wide / MASKS),
        ratio(wide / in.bytes("wide_bits")),
        count(noise / NOISE_MASKS),
        ratio(noise / in.bytes("noise_bits")));
  }

  private String perMask(String name, int masks) {
    return count(in.bytes(name) / masks);
  }

  private String noGain() {
    Table table =
        new Table("", "maskmap", "unpacked bytes, mapped", "bytes take, of maskmap's time");
    for (String data : List.of("data=HOT", "data=WIDE")) {
      String which = data.equals("data=HOT") ? ", hot" : ", wide";
      noGainRow(table, "a patch" + which, jmh.patch(data), "cropOfBytes", data);
      double pixels = jmh.nanos("BaselineBench.naive", data);
      noGainRow(table, "a patch, pixel by pixel" + which, pixels, "pixelsOfBytes", data);
      double whole = jmh.nanos("BaselineBench.wholeMask", data);
      noGainRow(table, "a whole mask" + which, whole, "wholeOfBytes", data);
    }
    return """
    ## Where maskmap does not win

    - Single pixels: a byte array gives one for a load, `Mask.get` checks and looks up.
    - Whole masks: all pixels are written either way, so what is left is the eighth of the bytes to load, and with runs a
      fortieth. If every use takes the whole mask, PNGs are smaller still, and the time goes into the network anyway.
    - Data that fits in memory as bytes: an array that is used where it lies, as a view, needs no read at all, and nothing
      is faster than that. Only where the patch is copied out, as into a batch, does the table hold.

    Below 1, bytes are faster. Wide are the bytes of 100 masks here: more than the cache.

    %s
    """
        .formatted(table);
  }

  private void noGainRow(Table table, String what, double ours, String method, String data) {
    double bytes = jmh.nanos("BaselineBench." + method, data);
    if (!Double.isNaN(bytes)) {
      table.row(what, time(ours), time(bytes), ratio(bytes / ours));
    }
  }
}
