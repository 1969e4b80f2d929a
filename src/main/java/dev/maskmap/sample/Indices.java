package dev.maskmap.sample;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongUnaryOperator;
import java.util.zip.CRC32;

/** Lists of masks, as they are given, and sums over them. */
final class Indices {
  /** Numbers that go into a checksum at once. */
  private static final int BLOCK = 512;

  private Indices() {}

  /**
   * Eight hexadecimal digits that tell lists apart: the CRC-32 of the numbers, eight bytes each,
   * the lowest first.
   */
  static String checksum(long count, LongUnaryOperator number) {
    CRC32 crc = new CRC32();
    ByteBuffer block = ByteBuffer.allocate(BLOCK * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < count; ) {
      block.clear();
      for (; i < count && block.hasRemaining(); i++) {
        block.putLong(number.applyAsLong(i));
      }
      crc.update(block.flip());
    }
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

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

  /**
   * The last of the first {@code count} sums that is n or less: whose numbers n is one of. A sum
   * that is followed by the same one has none.
   *
   * @param sums that do not fall, from 0 on
   * @param n 0 or more
   */
  static int lastUpTo(long[] sums, int count, long n) {
    int found = 0;
    for (int high = count; high - found > 1; ) {
      int middle = (found + high) >>> 1;
      if (sums[middle] > n) {
        high = middle;
      } else {
        found = middle;
      }
    }
    return found;
  }
}
