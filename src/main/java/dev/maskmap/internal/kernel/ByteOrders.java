package dev.maskmap.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Turns the bytes of numbers round, in place. */
public final class ByteOrders {
  private ByteOrders() {}

  /**
   * Reverses the bytes of each element.
   *
   * @param segment memory of the caller, not a map of a file
   * @param bytes of all elements
   * @param elementBytes 1, 2, 4 or 8
   */
  public static void reverse(MemorySegment segment, long offset, long bytes, int elementBytes) {
    long end = offset + bytes;
    switch (elementBytes) {
      case 2 -> {
        for (long at = offset; at < end; at += 2) {
          short element = segment.get(JAVA_SHORT_UNALIGNED, at);
          segment.set(JAVA_SHORT_UNALIGNED, at, Short.reverseBytes(element));
        }
      }
      case 4 -> {
        for (long at = offset; at < end; at += 4) {
          int element = segment.get(JAVA_INT_UNALIGNED, at);
          segment.set(JAVA_INT_UNALIGNED, at, Integer.reverseBytes(element));
        }
      }
      case 8 -> {
        for (long at = offset; at < end; at += 8) {
          long element = segment.get(JAVA_LONG_UNALIGNED, at);
          segment.set(JAVA_LONG_UNALIGNED, at, Long.reverseBytes(element));
        }
      }
      default -> {} // single bytes have no order
    }
  }
}
