package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which pixel values occur in a set of images and which of them count as foreground: the closing
 * table of an import, where a wrong rule or a forgotten 'ignore' label shows. Memory is bounded;
 * values beyond 65,536 of a kind are only counted together. Not thread-safe: tables of single
 * images are made on any thread and merged by one, in the order of the images.
 */
public final class ValueTable {
  private static final int MAX_ROWS = 12;

  private final ForegroundRule rule;
  private final Map<Kind, ValueCounts> kinds = new EnumMap<>(Kind.class);
  private long otherForeground;
  private long otherBackground;

  ValueTable(ForegroundRule rule) {
    this.rule = rule;
  }

  /** Returns the table of one image. */
  static ValueTable of(DecodedImage image, ForegroundRule rule) {
    ValueTable table = new ValueTable(rule);
    switch (image.values()) {
      case PixelValues.Narrow(byte[] bytes) -> table.countNarrow(image.kind(), bytes);
      case PixelValues.Wide(int[] ints) -> table.countWide(image.kind(), ints);
      case PixelValues.Bits bits -> table.countAny(image.kind(), bits);
      case PixelValues.Reals reals -> table.countAny(image.kind(), reals);
    }
    return table;
  }

  private void countNarrow(Kind kind, byte[] bytes) {
    int[] pixels = new int[256];
    for (byte b : bytes) {
      pixels[b & 0xFF]++;
    }
    for (int value = 0; value < pixels.length; value++) {
      if (pixels[value] > 0) {
        add(kind, value, pixels[value]);
      }
    }
  }

  private void countWide(Kind kind, int[] values) {
    // Masks are runs of one value: one look-up a run.
    for (int from = 0, to; from < values.length; from = to) {
      to = from + 1;
      while (to < values.length && values[to] == values[from]) {
        to++;
      }
      add(kind, values[from], to - from);
    }
  }

  private void countAny(Kind kind, PixelValues values) {
    for (int i = 0; i < values.length(); i++) {
      add(kind, (int) values.at(i), 1);
    }
  }

  private void add(Kind kind, int value, long pixels) {
    if (!kinds.computeIfAbsent(kind, k -> new ValueCounts()).add(value, pixels)) {
      if (rule.isForeground(kind, value)) {
        otherForeground += pixels;
      } else {
        otherBackground += pixels;
      }
    }
  }

  /** Adds what {@code other}, made with the same rule, has counted. */
  void merge(ValueTable other) {
    other.kinds.forEach((kind, counts) -> counts.forEach((v, pixels) -> add(kind, v, pixels)));
    otherForeground += other.otherForeground;
    otherBackground += other.otherBackground;
  }

  /**
   * Returns how many values occur, of the kind of image (gray, palette, colour) that has the most:
   * a gray 0/255 mask beside a palette 0/1 mask are two masks of two values. Above two, somebody
   * should have said which of them are foreground.
   */
  public int distinctValues() {
    return kinds.values().stream().mapToInt(ValueCounts::distinct).max().orElse(0);
  }

  /** Returns the table as lines of text, the value with the most pixels first. */
  public List<String> render() {
    List<Row> rows = sortedRows();
    long all = otherForeground + otherBackground;
    for (Row row : rows) {
      all += row.pixels;
    }
    boolean folds = otherForeground + otherBackground > 0 || rows.size() > MAX_ROWS;
    int shown = folds ? Math.min(rows.size(), MAX_ROWS - 1) : rows.size();
    List<String> lines = new ArrayList<>();
    lines.add("%-12s %17s %9s  %s".formatted("value", "pixels", "share", "counted as"));
    for (Row row : rows.subList(0, shown)) {
      String counted = row.foreground ? "foreground" : "background";
      lines.add(line(row.label, row.pixels, all, counted));
    }
    if (folds) {
      lines.add(foldedLine(rows.subList(shown, rows.size()), all));
    }
    return lines;
  }

  private String foldedLine(List<Row> folded, long all) {
    long foreground = otherForeground;
    long pixels = otherForeground + otherBackground;
    // Values that were only counted together cannot be told apart any more.
    String label = pixels > 0 ? "and others" : "and " + folded.size() + " more";
    for (Row row : folded) {
      pixels += row.pixels;
      foreground += row.foreground ? row.pixels : 0;
    }
    String counted = String.format(Locale.ROOT, "%,d of these pixels foreground", foreground);
    return line(label, pixels, all, counted);
  }

  private static String line(String label, long pixels, long all, String counted) {
    double percent = 100.0 * pixels / all;
    String share = percent < 0.005 ? "< 0.01 %" : String.format(Locale.ROOT, "%.2f %%", percent);
    return String.format(Locale.ROOT, "%-12s %,17d %9s  %s", label, pixels, share, counted);
  }

  private List<Row> sortedRows() {
    List<Row> rows = new ArrayList<>();
    kinds.forEach(
        (kind, counts) ->
            counts.forEach(
                (value, pixels) ->
                    rows.add(new Row(kind.label(value), pixels, rule.isForeground(kind, value)))));
    // Stable: equal shares stay in the order of kind and value.
    rows.sort(Comparator.comparingLong(Row::pixels).reversed());
    return rows;
  }

  private record Row(String label, long pixels, boolean foreground) {}
}
