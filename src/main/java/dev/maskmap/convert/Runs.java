package dev.maskmap.convert;

/** Runs of one value: masks are mostly made of them, so that one look at a run is enough. */
final class Runs {
  private Runs() {}

  /** Returns where the run of {@code values[from]} ends, at {@code end} at the latest. */
  static int end(int[] values, int from, int end) {
    int value = values[from];
    int i = from + 1;
    while (i < end && values[i] == value) {
      i++;
    }
    return i;
  }

  /** Returns where the run of {@code values[from]} ends, at {@code end} at the latest. */
  static int end(double[] values, int from, int end) {
    double value = values[from];
    int i = from + 1;
    while (i < end && values[i] == value) {
      i++;
    }
    return i;
  }
}
