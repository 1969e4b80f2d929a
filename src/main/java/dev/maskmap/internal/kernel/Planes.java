package dev.maskmap.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

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
    if (channels == 3 && bytes == 1) {
      three(from, fromOffset, pixels, to, toOffset);
      return;
    }
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

  /** Eight pixels are three longs, and become one long of each plane. */
  private static void three(
      MemorySegment from, long fromOffset, int pixels, MemorySegment to, long toOffset) {
    int i = 0;
    for (; i <= pixels - 8; i += 8) {
      long at = fromOffset + 3L * i;
      long a = from.get(JAVA_LONG_UNALIGNED, at);
      long b = from.get(JAVA_LONG_UNALIGNED, at + 8);
      long c = from.get(JAVA_LONG_UNALIGNED, at + 16);
      long place = toOffset + i;
      to.set(
          JAVA_LONG_UNALIGNED, place, joined(thirds(a), 24, thirds(b >>> 8), 48, thirds(c >>> 16)));
      to.set(
          JAVA_LONG_UNALIGNED,
          place + pixels,
          joined(thirds(a >>> 8), 24, thirds(b >>> 16), 40, thirds(c)));
      to.set(
          JAVA_LONG_UNALIGNED,
          place + 2L * pixels,
          joined(thirds(a >>> 16), 16, thirds(b), 40, thirds(c >>> 8)));
    }
    for (int c = 0; c < 3; c++) {
      long at = fromOffset + 3L * i + c;
      TurnedCopy.elements(from, at, 3, pixels - i, 1, to, toOffset + (long) c * pixels + i);
    }
  }

  private static long joined(long a, int second, long b, int third, long c) {
    return a | b << second | c << third;
  }

  /** Bytes 0, 3 and 6, side by side. Not Long.compress, which few processors have. */
  private static long thirds(long bytes) {
    return (bytes & 0xFF) | (bytes >>> 16 & 0xFF00) | (bytes >>> 32 & 0xFF_0000);
  }
}
