package dev.maskmap.convert;

import java.util.Arrays;

/**
 * How often each value occurs, for at most {@link #MAX_DISTINCT} values: a hash table of primitives
 * with open addressing, because a photograph given by mistake has millions of colours. Not
 * thread-safe.
 */
final class ValueCounts {
  /** Every 16-bit gray value fits; colours beyond it are for the caller to fold. */
  static final int MAX_DISTINCT = 1 << 16;

  private double[] values = new double[64];
  private long[] counts = new long[64];
  private int distinct;

  /**
   * Adds {@code pixels} (more than 0) to {@code value} (no {@code NaN}), or returns false if the
   * table is full.
   */
  boolean add(double value, long pixels) {
    int slot = slot(value);
    if (counts[slot] == 0) {
      if (distinct == MAX_DISTINCT) {
        return false;
      }
      if (++distinct > values.length / 2) {
        grow();
        slot = slot(value);
      }
      values[slot] = value;
    }
    counts[slot] += pixels;
    return true;
  }

  int distinct() {
    return distinct;
  }

  /** Calls {@code visitor} for each value, by ascending value. */
  void forEach(Visitor visitor) {
    double[] sorted = new double[distinct];
    int n = 0;
    for (int slot = 0; slot < values.length; slot++) {
      if (counts[slot] != 0) {
        sorted[n++] = values[slot];
      }
    }
    Arrays.sort(sorted);
    for (double value : sorted) {
      visitor.visit(value, counts[slot(value)]);
    }
  }

  /** Takes one value and its pixels. */
  @FunctionalInterface
  interface Visitor {
    void visit(double value, long pixels);
  }

  private int slot(double value) {
    // The sum makes one zero of the two.
    long bits = Double.doubleToRawLongBits(value + 0.0);
    int mask = values.length - 1;
    int slot = (int) ((bits * 0x9E3779B97F4A7C15L) >>> 40) & mask;
    while (counts[slot] != 0 && values[slot] != value) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    double[] oldValues = values;
    long[] oldCounts = counts;
    values = new double[2 * oldValues.length];
    counts = new long[2 * oldCounts.length];
    for (int i = 0; i < oldValues.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldValues[i]);
        values[slot] = oldValues[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
