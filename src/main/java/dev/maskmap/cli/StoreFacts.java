package dev.maskmap.cli;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code info} says about a store.
 *
 * @param bytes of all its files
 * @param parts stores that a data set consists of; 0 for all else
 * @param names of the first and the last mask; empty where masks have none
 * @param runs what a store of bits would take as runs
 * @param runsAdvice how to get those, where it pays; else empty
 * @param kernel that commands would run
 */
record StoreFacts(
    String path,
    String id,
    String layout,
    int parts,
    long bytes,
    String names,
    MaskSizes sizes,
    ForegroundShares foreground,
    PngEstimate png,
    @Nullable RunsEstimate runs,
    String runsAdvice,
    String kernel) {

  static StoreFacts of(MaskStore store, String kernel) throws IOException {
    MaskSizes sizes = MaskSizes.of(store);
    RunsEstimate runs = RunsEstimate.ofBits(store).orElse(null);
    int others = store.parts().getFirst().equals(store.path()) ? store.parts().size() - 1 : 0;
    return new StoreFacts(
        store.path() + (others == 0 ? "" : " and %,d more".formatted(others)),
        store.id(),
        store.layout().toString(),
        store.parts().equals(List.of(store.path())) ? 0 : store.parts().size(),
        StoreFiles.bytes(store),
        store.hasNames() ? "%s ... %s".formatted(store.name(0), store.name(store.size() - 1)) : "",
        sizes,
        ForegroundShares.of(store, sizes),
        PngEstimate.of(store, sizes),
        runs,
        runs != null && runs.pay() && others == 0 ? runs.advice(store) : "",
        kernel);
  }

  Map<String, String> text() {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("store", path);
    text.put("masks", format("%,d of %s pixels (height x width)%s", sizes.of(), sizeText(), of()));
    if (parts > 0) {
      text.put("parts", format("%,d stores", parts));
    }
    String held = layout.equals(Layout.RUNS.toString()) ? "runs of equal bytes" : "one bit a pixel";
    text.put("layout", layout + ", packed down the columns, " + held);
    text.put("on disk", ByteSize.text(bytes));
    if (!runsAdvice.isEmpty()) {
      text.put("as runs", runsAdvice);
    }
    text.put("as PNG", format("%s, %s%s", ByteSize.text(png.bytes()), times(png.bytes()), guess()));
    text.put(
        "unpacked",
        format("%s at one byte a pixel, %s", ByteSize.text(sizes.pixels()), times(sizes.pixels())));
    text.put(
        "foreground",
        format(
            "%.2f %% to %.2f %% of a mask, median %.2f %%%s",
            100 * foreground.min(), 100 * foreground.max(), 100 * foreground.median(), counted()));
    text.put("empty masks", format("%,d%s", foreground.empty(), counted()));
    text.put("kernel", kernel + (kernel.equals("vector") ? "; --system says how wide" : ""));
    text.put("names", names.isEmpty() ? "none: masks go by their index" : names);
    text.put("id", id.isEmpty() ? "none: an array without checks" : id);
    return text;
  }

  private String sizeText() {
    Size small = sizes.smallest();
    if (sizes.isUniform()) {
      return "%d x %d".formatted(small.height(), small.width());
    }
    return format(
        "%,d sizes, %d x %d to %d x %d, median %d x %d",
        sizes.distinct(),
        small.height(),
        small.width(),
        sizes.largest().height(),
        sizes.largest().width(),
        sizes.median().height(),
        sizes.median().width());
  }

  private String times(long other) {
    double ratio = (double) other / bytes;
    return format(ratio < 0.095 ? "%.3f times as much" : "%.1f times as much", ratio);
  }

  private String guess() {
    String masks = format("%,d mask%s", png.masks(), png.masks() == 1 ? "" : "s");
    return png.exact() ? "" : " (estimated from " + masks + ")";
  }

  private String of() {
    return spread(sizes.masks());
  }

  private String counted() {
    return spread(foreground.masks());
  }

  private String spread(long masks) {
    return masks == sizes.of() ? "" : format(" (of %,d masks, spread evenly)", masks);
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form + "", values);
  }

  /** The members are documented in {@code docs/look.md}: scripts read them. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("store", path);
    json.put("layout", layout);
    json.put("masks", sizes.of());
    if (sizes.isUniform()) {
      json.put("height", sizes.smallest().height());
      json.put("width", sizes.smallest().width());
    }
    json.put("sizes", sizesJson());
    json.put("parts", parts);
    json.put("bytes", bytes);
    json.put("bytes_png", png.bytes());
    json.put("bytes_png_masks", png.masks());
    json.put("bytes_png_exact", png.exact());
    if (runs != null) {
      json.put("bytes_runs", runs.bytes());
    }
    json.put("bytes_unpacked", sizes.pixels());
    json.put("foreground", foregroundJson());
    json.put("kernel", kernel);
    json.put("names", !names.isEmpty());
    json.put("id", id);
    return json;
  }

  private Map<String, Object> sizesJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("masks", sizes.masks());
    json.put("distinct", sizes.distinct());
    json.put("smallest", pair(sizes.smallest()));
    json.put("median", pair(sizes.median()));
    json.put("largest", pair(sizes.largest()));
    return json;
  }

  private static List<Integer> pair(Size size) {
    return List.of(size.height(), size.width());
  }

  private Map<String, Object> foregroundJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("masks", foreground.masks());
    json.put("min", foreground.min());
    json.put("median", foreground.median());
    json.put("max", foreground.max());
    json.put("empty", foreground.empty());
    return json;
  }
}
