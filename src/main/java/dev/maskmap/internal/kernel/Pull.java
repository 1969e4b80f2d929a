package dev.maskmap.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * Phase one of every read: touch each cache line of the patch and do nothing else, so that the
 * misses overlap. Expanding straight from the map fills the store queue that the misses need.
 */
final class Pull {
  private static final int LINE = 64;

  /** Never read: it only keeps the loads alive. */
  @SuppressWarnings("UnusedVariable")
  private static int sink;

  private Pull() {}

  static void lines(MemorySegment map, long from, int packedRows, long stride, int width) {
    int sum = 0;
    for (int r = 0; r < packedRows; r++) {
      long end = from + r * stride + width;
      long p = end - width;
      // Four at a time: the fewer instructions a load, the more misses are under way at once.
      for (; p + 3 * LINE < end; p += 4 * LINE) {
        sum += map.get(JAVA_BYTE, p) + map.get(JAVA_BYTE, p + LINE);
        sum += map.get(JAVA_BYTE, p + 2 * LINE) + map.get(JAVA_BYTE, p + 3 * LINE);
      }
      for (; p < end; p += LINE) {
        sum += map.get(JAVA_BYTE, p);
      }
      sum += map.get(JAVA_BYTE, end - 1);
    }
    keep(sum);
  }

  private static void keep(int sum) {
    // A store a call would bounce between the caches of reading threads; the JIT cannot know that
    // this one does not happen.
    if (sum == Integer.MIN_VALUE) {
      sink = sum;
    }
  }
}
