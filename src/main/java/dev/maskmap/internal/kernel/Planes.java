package dev.maskmap.internal.kernel;

import java.lang.foreign.MemorySegment;

/** Takes pixels apart: all first samples, then all second ones, and so on. */
public final class Planes {
  private Planes() {}

  /**
   * Writes one plane for each channel, one directly behind the other.
   *
   * @param from dense pixels, in memory of the caller that does not overlap {@code to}
   * @param pixels how many
   * @param bytes of a sample
   */
  public static void of(
      MemorySegment from,
      long fromOffset,
      int pixels,
      int channels,
      int bytes,
      MemorySegment to,
      long toOffset) {
    for (int c = 0; c < channels; c++) {
      TurnedCopy.elements(
          from,
          fromOffset + (long) c * bytes,
          (long) channels * bytes,
          pixels,
          bytes,
          to,
          toOffset + (long) c * pixels * bytes);
    }
  }
}
