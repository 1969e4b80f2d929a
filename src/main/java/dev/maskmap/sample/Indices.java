package dev.maskmap.sample;

import java.util.Arrays;

/** Lists of masks, as they are given. */
final class Indices {
  private Indices() {}

  /** Refuses one that does not exist, and one that is listed twice. */
  static void check(long[] masks, long size) {
    long[] sorted = masks.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] < 0 || sorted[i] >= size) {
        throw new IllegalArgumentException(
            "mask %d: there are %d, from 0 on".formatted(sorted[i], size));
      }
      if (i > 0 && sorted[i] == sorted[i - 1]) {
        throw new IllegalArgumentException("mask %d is listed twice".formatted(sorted[i]));
      }
    }
  }
}
