package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/** Pearson's test of counts against what they should be. */
final class ChiSquare {
  /**
   * A right sampler fails with this many standard deviations once in 30,000 tests; seeds are fixed,
   * so it fails always or never.
   */
  private static final double LIMIT = 4;

  private ChiSquare() {}

  static void assertEven(long[] counts) {
    double[] weights = new double[counts.length];
    Arrays.fill(weights, 1);
    assertFits(counts, weights);
  }

  /** Weights need not sum up to anything; where one is 0, nothing may be counted. */
  static void assertFits(long[] counts, double[] weights) {
    long n = 0;
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      n += counts[i];
      sum += weights[i];
    }
    double chi = 0;
    int cells = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = n * weights[i] / sum;
      if (expected == 0) {
        assertTrue(counts[i] == 0, "cell " + i + " should be empty and has " + counts[i]);
        continue;
      }
      assertTrue(expected >= 5, "too few draws: " + expected + " expected in cell " + i);
      chi += (counts[i] - expected) * (counts[i] - expected) / expected;
      cells++;
    }
    int freedom = cells - 1;
    // Wilson and Hilferty: the cube root is close to normal.
    double spread = 2.0 / (9 * freedom);
    double z = (Math.cbrt(chi / freedom) - (1 - spread)) / Math.sqrt(spread);
    // Counts that are too even are wrong too.
    assertTrue(
        Math.abs(z) < LIMIT,
        "chi-square %.1f of %d cells, %.1f deviations".formatted(chi, cells, z));
  }
}
