package dev.maskmap.jmh.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table in Markdown. Cells that were not measured show as a dash, rows of such cells not at all.
 */
final class Table {
  private static final String NONE = "-";

  private final List<String> lines = new ArrayList<>();
  private final int columns;

  Table(String... heads) {
    columns = heads.length;
    lines.add(line(heads));
    lines.add("| --- ".repeat(columns) + "|");
  }

  private static String line(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** Adds a row, unless all cells but the first are missing. */
  Table row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(Arrays.toString(cells) + ": expected " + columns);
    }
    if (!Arrays.stream(cells).skip(1).allMatch(NONE::equals)) {
      lines.add(line(cells));
    }
    return this;
  }

  boolean isEmpty() {
    return lines.size() == 2;
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }

  /** A time in the unit that suits it. */
  static String time(double nanos) {
    if (Double.isNaN(nanos)) {
      return NONE;
    }
    if (nanos < 999.5) {
      return digits(nanos) + " ns";
    }
    return nanos < 999_500 ? digits(nanos / 1e3) + " us" : digits(nanos / 1e6) + " ms";
  }

  /** A ratio, with two or three digits that count. */
  static String ratio(double ratio) {
    if (Double.isNaN(ratio)) {
      return NONE;
    }
    return ratio < 0.0995 ? String.format(Locale.ROOT, "%.2g", ratio) : digits(ratio);
  }

  /** The ratio of a time to itself. */
  static String one(double nanos) {
    return Double.isNaN(nanos) ? NONE : "1";
  }

  /** A whole number, in groups of three digits. */
  static String count(double number) {
    return Double.isNaN(number) ? NONE : String.format(Locale.ROOT, "%,.0f", number);
  }

  /** Three digits that count. */
  private static String digits(double value) {
    String form = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, form, value);
  }
}
