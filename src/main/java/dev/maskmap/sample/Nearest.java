package dev.maskmap.sample;

import dev.maskmap.MaskStore;

/** Finds the name that somebody may have meant. */
final class Nearest {
  /** Longer names are compared by their first characters. */
  private static final int LONGEST = 256;

  private Nearest() {}

  /**
   * The name that takes the fewest insertions, deletions and replacements; the first of several.
   */
  static String name(MaskStore store, String wanted) {
    String best = store.name(0);
    int least = Integer.MAX_VALUE;
    for (long mask = 0; mask < store.size() && least > 0; mask++) {
      String name = store.name(mask);
      int steps = steps(wanted, name, least);
      if (steps < least) {
        least = steps;
        best = name;
      }
    }
    return best;
  }

  /**
   * Steps from one text to the other, row by row of the table of Wagner and Fischer ("The
   * string-to-string correction problem", 1974).
   *
   * @param enough where there are so many or more, any such number is returned
   */
  static int steps(String a, String b, int enough) {
    int height = Math.min(a.length(), LONGEST);
    int width = Math.min(b.length(), LONGEST);
    if (Math.abs(height - width) >= enough) {
      return enough;
    }
    int[] above = new int[width + 1];
    int[] row = new int[width + 1];
    for (int j = 0; j <= width; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= height; i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= width; j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
        least = Math.min(least, row[j]);
      }
      if (least >= enough) {
        return enough;
      }
      int[] swap = above;
      above = row;
      row = swap;
    }
    return above[width];
  }
}
