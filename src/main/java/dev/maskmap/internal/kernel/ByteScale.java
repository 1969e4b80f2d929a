package dev.maskmap.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Unsigned bytes as floats of 0 to 1: divided by 255 in single precision, as NumPy divides. */
public final class ByteScale {
  /** The bits of each byte's float. */
  private static final int[] FLOATS = new int[256];

  static {
    for (int i = 0; i < FLOATS.length; i++) {
      FLOATS[i] = Float.floatToRawIntBits(i / 255f);
    }
  }

  private ByteScale() {}

  /**
   * Writes a float for each byte.
   *
   * @param from memory of the caller, not a map of a file; does not overlap {@code to}
   * @param count bytes
   */
  public static void toFloats(
      MemorySegment from, long fromOffset, long count, MemorySegment to, long toOffset) {
    long i = 0;
    for (; i <= count - 8; i += 8) {
      long eight = from.get(JAVA_LONG_UNALIGNED, fromOffset + i);
      long place = toOffset + 4 * i;
      to.set(JAVA_LONG_UNALIGNED, place, two(eight));
      to.set(JAVA_LONG_UNALIGNED, place + 8, two(eight >>> 16));
      to.set(JAVA_LONG_UNALIGNED, place + 16, two(eight >>> 32));
      to.set(JAVA_LONG_UNALIGNED, place + 24, two(eight >>> 48));
    }
    for (; i < count; i++) {
      int value = from.get(JAVA_BYTE, fromOffset + i) & 0xFF;
      to.set(JAVA_INT_UNALIGNED, toOffset + 4 * i, FLOATS[value]);
    }
  }

  private static long two(long bytes) {
    int low = FLOATS[(int) bytes & 0xFF];
    int high = FLOATS[(int) (bytes >>> 8) & 0xFF];
    return (low & 0xFFFF_FFFFL) | (long) high << 32;
  }
}
