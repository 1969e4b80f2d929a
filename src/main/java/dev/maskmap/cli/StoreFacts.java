package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code info} says about a store.
 *
 * @param areas foreground pixels of the masks that were looked at, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record StoreFacts(
    String path,
    String id,
    String layout,
    long masks,
    int height,
    int width,
    long bytes,
    String names,
    long[] areas) {
  private static final int MAX_MASKS = 10_000;

  /** Without sums beside it an array is counted, and 'info' is to answer at once. */
  private static final long MAX_COUNTED_BYTES = 64L << 20;

  static StoreFacts of(MaskStore store) throws IOException {
    int height = store.height(0);
    int width = store.width(0);
    long masks = store.size();
    boolean named = store.hasNames();
    return new StoreFacts(
        store.path().toString(),
        store.id(),
        store.layout(),
        masks,
        height,
        width,
        StoreFiles.bytes(store.path()),
        named ? "%s ... %s".formatted(store.name(0), store.name(masks - 1)) : "",
        areas(store, Math.ceilDiv(height, 8) * (long) width));
  }

  private static long[] areas(MaskStore store, long packedBytes) {
    long bound = MAX_MASKS;
    if (store.id().isEmpty()) {
      bound = Math.clamp(MAX_COUNTED_BYTES / packedBytes, 1, MAX_MASKS);
    }
    int count = (int) Math.min(bound, store.size());
    long[] areas = new long[count];
    for (int i = 0; i < count; i++) {
      // Spread evenly; the products stay exact for any number of masks.
      long mask = (long) (i * (double) store.size() / count);
      areas[i] = store.mask(Math.min(mask, store.size() - 1)).count();
    }
    Arrays.sort(areas);
    return areas;
  }

  private long pixelsOfOne() {
    return (long) height * width;
  }

  private long bytesUnpacked() {
    return masks * pixelsOfOne();
  }

  private double share(int rank) {
    return (double) areas[rank] / pixelsOfOne();
  }

  private double median() {
    return (share((areas.length - 1) / 2) + share(areas.length / 2)) / 2;
  }

  private long empty() {
    return Arrays.stream(areas).filter(area -> area == 0).count();
  }

  Map<String, String> text() {
    boolean sampled = areas.length < masks;
    String of =
        sampled ? String.format(Locale.ROOT, " (of %,d masks, spread evenly)", areas.length) : "";
    Map<String, String> text = new LinkedHashMap<>();
    text.put("store", path);
    text.put("masks", format("%,d of %d x %d pixels (height x width)", masks, height, width));
    text.put("layout", layout + ", packed down the columns, one bit a pixel");
    text.put("on disk", ByteSize.text(bytes));
    text.put(
        "unpacked",
        format(
            "%s at one byte a pixel, %.1f times as much",
            ByteSize.text(bytesUnpacked()), (double) bytesUnpacked() / bytes));
    text.put(
        "foreground",
        format(
            "%.2f %% to %.2f %% of a mask, median %.2f %%%s",
            100 * share(0), 100 * share(areas.length - 1), 100 * median(), of));
    text.put("empty masks", format("%,d%s", empty(), of));
    text.put("names", names.isEmpty() ? "none: masks go by their index" : names);
    text.put("id", id.isEmpty() ? "none: an array without checks" : id);
    return text;
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form + "", values);
  }

  Map<String, Object> json() {
    Map<String, Object> foreground = new LinkedHashMap<>();
    foreground.put("masks", areas.length);
    foreground.put("min", share(0));
    foreground.put("median", median());
    foreground.put("max", share(areas.length - 1));
    foreground.put("empty", empty());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("store", path);
    json.put("layout", layout);
    json.put("masks", masks);
    json.put("height", height);
    json.put("width", width);
    json.put("bytes", bytes);
    json.put("bytes_unpacked", bytesUnpacked());
    json.put("foreground", foreground);
    json.put("names", !names.isEmpty());
    json.put("id", id);
    return json;
  }
}
