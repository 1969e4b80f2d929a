package dev.maskmap.convert;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** How often each byte occurs, fast where bytes come in long runs, as in masks. */
final class ByteCounts {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** A byte times this is the byte eight times. */
  private static final long EACH = 0x0101010101010101L;

  private ByteCounts() {}

  /** Returns 256 counts. */
  static long[] of(byte[] bytes) {
    long[] counts = new long[256];
    int i = 0;
    while (i <= bytes.length - 8) {
      int value = bytes[i] & 0xFF;
      int end = runEnd(bytes, i, EACH * value);
      if (end > i) {
        counts[value] += end - i;
        i = end;
      } else {
        for (int last = i + 8; i < last; i++) {
          counts[bytes[i] & 0xFF]++;
        }
      }
    }
    for (; i < bytes.length; i++) {
      counts[bytes[i] & 0xFF]++;
    }
    return counts;
  }

  private static int runEnd(byte[] bytes, int from, long alike) {
    int i = from;
    while (i <= bytes.length - 8 && (long) LONG.get(bytes, i) == alike) {
      i += 8;
    }
    return i;
  }
}
