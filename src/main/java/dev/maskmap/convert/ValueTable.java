package dev.maskmap.convert;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pixel values occur in a set of images and which of them count as foreground: the closing
 * table of an import, where a wrong rule or a forgotten 'ignore' label shows. Memory is bounded;
 * values beyond 65,536 of a kind are only counted together. Masks that came decided are {@code bit
 * 0} and {@code bit 1}. Not thread-safe: tables of single images are made on any thread and merged
 * by one, in the order of the images.
 */
public final class ValueTable {
  private static final int MAX_ROWS = 12;

  private final ForegroundRule rule;
  private final Map<Kind, ValueCounts> kinds = new EnumMap<>(Kind.class);
  // Of masks that were decided already.
  private long zeros;
  private long ones;
  private long otherForeground;
  private long otherBackground;

  ValueTable(ForegroundRule rule) {
    this.rule = rule;
  }

  /** Returns the table of one image, as {@link ForegroundRule#view} gave it. */
  static ValueTable of(DecodedImage seen, ForegroundRule rule) {
    ValueTable table = new ValueTable(rule);
    switch (seen.values()) {
      case PixelValues.Bits bits -> table.countBits(seen.kind(), bits);
      case PixelValues.Narrow(byte[] bytes) -> table.countNarrow(seen.kind(), bytes);
      case PixelValues.Wide(int[] ints) -> table.countWide(seen.kind(), ints);
      case PixelValues.Reals(double[] numbers) -> table.countReals(seen.kind(), numbers);
    }
    return table;
  }

  /** Returns how often each value of {@code image} occurs, or null if there are too many. */
  static @Nullable ValueCounts counts(DecodedImage image) {
    ValueTable table = of(image, ForegroundRule.nonZero());
    boolean folds = table.otherForeground + table.otherBackground > 0;
    return folds ? null : table.kinds.get(image.kind());
  }

  /** Returns the table of a mask that was decided already, whatever the rule. */
  static ValueTable of(PackedMask mask, ForegroundRule rule) {
    ValueTable table = new ValueTable(rule);
    // Bits past the height are zero.
    table.ones = BitColumns.count(mask.rows(), 0, mask.rows().length);
    table.zeros = (long) mask.height() * mask.width() - table.ones;
    return table;
  }

  /** How many pixels count as foreground. */
  public long foreground() {
    long[] sum = {ones + otherForeground};
    kinds.forEach(
        (kind, counts) ->
            counts.forEach(
                (value, pixels) -> sum[0] += rule.isForeground(kind, value) ? pixels : 0));
    return sum[0];
  }

  private void countBits(Kind kind, PixelValues.Bits bits) {
    long set = BitColumns.count(bits);
    addSome(kind, 0, bits.length() - set);
    addSome(kind, 1, set);
  }

  private void countNarrow(Kind kind, byte[] bytes) {
    long[] pixels = ByteCounts.of(bytes);
    for (int value = 0; value < pixels.length; value++) {
      addSome(kind, value, pixels[value]);
    }
  }

  private void addSome(Kind kind, int value, long pixels) {
    if (pixels > 0) {
      add(kind, value, pixels);
    }
  }

  private void countWide(Kind kind, int[] values) {
    for (int from = 0, to; from < values.length; from = to) {
      to = Runs.end(values, from, values.length);
      add(kind, values[from], to - from);
    }
  }

  private void countReals(Kind kind, double[] values) {
    for (int from = 0, to; from < values.length; from = to) {
      to = Runs.end(values, from, values.length);
      add(kind, values[from], to - from);
    }
  }

  private void add(Kind kind, double value, long pixels) {
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
    zeros += other.zeros;
    ones += other.ones;
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
    if (zeros > 0) {
      rows.add(new Row("bit 0", zeros, false));
    }
    if (ones > 0) {
      rows.add(new Row("bit 1", ones, true));
    }
    // Stable: equal shares stay in the order of kind and value.
    rows.sort(Comparator.comparingLong(Row::pixels).reversed());
    return rows;
  }

  private record Row(String label, long pixels, boolean foreground) {}
}
