package dev.maskmap.internal.kernel;

import static dev.maskmap.internal.kernel.PackedRows.ONES;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Plain Java: eight columns as one {@code long}, shifted and masked. */
final class ScalarKernel implements Kernel {
  static final ScalarKernel INSTANCE = new ScalarKernel();

  /** Eight columns; the leftmost in the lowest byte. */
  private static final ValueLayout.OfLong COLUMNS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle ARRAY_COLUMNS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ThreadLocal<long[]> COLUMNS_OF_ROW =
      ThreadLocal.withInitial(() -> new long[Scratch.MAX_WIDTH / Long.BYTES]);

  /** Native: C2 knows that a store to it does not change the array that is read. */
  private static final ThreadLocal<MemorySegment> REBASED =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Scratch.BYTES, 64));

  private ScalarKernel() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void expand(
      byte[] packed,
      int stride,
      int bit,
      int height,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      int elementBytes,
      long one) {
    int packedRows = PackedRows.count(bit, height);
    long[] columns = COLUMNS_OF_ROW.get();
    long d = to;
    for (int r = 0, row = bit, left = height; r < packedRows; r++) {
      int rows = Math.min(8 - row, left);
      int s = r * stride;
      if (elementBytes == 1) {
        for (int c = 0; c < width >>> 3; c++) {
          columns[c] = columns(packed, s + 8 * c);
        }
        long tail = tail(packed, s + (width & -8), width & 7);
        for (int k = 0; k < rows; k++) {
          int shift = 7 - row - k;
          expandRow(columns, width >>> 3, shift, one, dst, d + k * rowStride);
          expandTail(tail >>> shift, width & 7, one, dst, d + k * rowStride + (width & -8));
        }
      } else {
        expandElements(packed, s, row, rows, width, dst, d, rowStride, elementBytes, one);
      }
      d += rows * rowStride;
      left -= rows;
      row = 0;
    }
  }

  /** The last columns, fewer than eight. */
  private static long tail(byte[] packed, int from, int columns) {
    long tail = 0;
    for (int c = 0; c < columns; c++) {
      tail |= (packed[from + c] & 0xFFL) << (8 * c);
    }
    return tail;
  }

  /**
   * One pixel row to bytes. From an array: C2 knows that a store to native memory does not change
   * it, and makes vectors of this loop by itself. Of ones there is nothing to multiply, which takes
   * vectors of longs three steps.
   */
  private static void expandRow(
      long[] columns, int words, int shift, long one, MemorySegment dst, long to) {
    if (one == 1) {
      for (int c = 0; c < words; c++) {
        dst.set(COLUMNS, to + 8L * c, (columns[c] >>> shift) & ONES);
      }
      return;
    }
    for (int c = 0; c < words; c++) {
      dst.set(COLUMNS, to + 8L * c, ((columns[c] >>> shift) & ONES) * one);
    }
  }

  private static void expandTail(long tail, int columns, long one, MemorySegment dst, long to) {
    for (int c = 0; c < columns; c++) {
      dst.set(JAVA_BYTE, to + c, (byte) ((tail >>> (8 * c) & 1) * one));
    }
  }

  /** One packed row to elements of two, four or eight bytes, one by one. */
  private static void expandElements(
      byte[] src,
      int s,
      int row,
      int rows,
      int width,
      MemorySegment out,
      long d,
      long rowStride,
      int elementBytes,
      long one) {
    for (int k = row; k < row + rows; k++, d += rowStride) {
      int shift = 7 - k;
      long at = d;
      switch (elementBytes) {
        case 2 -> {
          for (int c = 0; c < width; c++, at += 2) {
            out.set(SHORT, at, (short) (one & -(src[s + c] >>> shift & 1)));
          }
        }
        case 4 -> {
          for (int c = 0; c < width; c++, at += 4) {
            out.set(INT, at, (int) (one & -(src[s + c] >>> shift & 1)));
          }
        }
        default -> {
          for (int c = 0; c < width; c++, at += 8) {
            out.set(COLUMNS, at, one & -(src[s + c] >>> shift & 1));
          }
        }
      }
    }
  }

  @Override
  public void rebase(
      byte[] packed,
      int stride,
      int bit,
      int height,
      int width,
      MemorySegment dst,
      long to,
      long rowStride) {
    int packedRows = PackedRows.count(bit, height);
    int outRows = PackedRows.count(0, height);
    // Rows that are whole and have a row below are taken as one long row, gaps and all.
    int whole = Math.min(height >>> 3, packedRows - 1);
    int bytes = Math.max(0, (whole - 1) * stride + width);
    if (width == stride && rowStride == stride) {
      rebaseRow(packed, 0, stride, bit, 0xFF, bytes, dst, to);
    } else {
      MemorySegment rebased = REBASED.get();
      rebaseRow(packed, 0, stride, bit, 0xFF, bytes, rebased, 0);
      for (int r = 0; r < whole; r++) {
        MemorySegment.copy(rebased, (long) r * stride, dst, to + r * rowStride, width);
      }
    }
    for (int r = whole; r < outRows; r++) {
      int keep = PackedRows.mask(r, 0, height);
      // The row below, or the same row where its bits would all be masked away.
      int below = Math.min(r + 1, packedRows - 1) * stride;
      rebaseRow(packed, r * stride, below, bit, keep, width, dst, to + r * rowStride);
    }
  }

  /**
   * One packed row out of two. C2 makes vectors of the loop by itself: with offsets that are a
   * {@code long} and eight times an int it asks once, before the loop, whether they lie inside the
   * destination; of an int that goes up in eights it asks at each step (docs/performance.md).
   */
  private static void rebaseRow(
      byte[] src, int s, int below, int bit, int keep, int width, MemorySegment out, long d) {
    long high = ((0xFF << bit) & keep) * ONES;
    long low = ((0xFF >>> (8 - bit)) & keep) * ONES;
    for (int i = 0; i < width >>> 3; i++) {
      long v = (columns(src, s + 8 * i) << bit) & high;
      out.set(COLUMNS, d + 8L * i, v | ((columns(src, below + 8 * i) >>> (8 - bit)) & low));
    }
    for (int c = width & -8; c < width; c++) {
      int v = src[s + c] << bit | (src[below + c] & 0xFF) >>> (8 - bit);
      out.set(JAVA_BYTE, d + c, (byte) (v & keep));
    }
  }

  @Override
  public void fill(byte[] rows, int from, int to, byte value) {
    long eight = (value & 0xFF) * ONES;
    for (int c = from; c < to; c += Long.BYTES) {
      ARRAY_COLUMNS.set(rows, c, eight);
    }
  }

  @Override
  public long count(byte[] packed, int stride, int bit, int height, int width) {
    int packedRows = PackedRows.count(bit, height);
    long sum = 0;
    for (int r = 0; r < packedRows; r++) {
      sum += countRow(packed, r * stride, PackedRows.mask(r, bit, height), 0, width);
    }
    return sum;
  }

  /** Foreground in columns {@code c} to {@code width} of one packed row. */
  static long countRow(byte[] src, int s, int mask, int c, int width) {
    long columnMask = mask * ONES;
    long sum = 0;
    for (; c + 8 <= width; c += 8) {
      sum += Long.bitCount(columns(src, s + c) & columnMask);
    }
    for (; c < width; c++) {
      sum += Integer.bitCount(src[s + c] & mask);
    }
    return sum;
  }

  @Override
  public void pack(byte[] pixels, int rows, int width, byte[] packed, int to) {
    packColumns(pixels, rows, 0, width, packed, to);
  }

  /** Columns {@code c} to {@code width} of one packed row. */
  static void packColumns(byte[] pixels, int rows, int c, int width, byte[] packed, int to) {
    for (; c + 8 <= width; c += 8) {
      long columns = 0;
      for (int k = 0; k < rows; k++) {
        columns |= nonZero(columns(pixels, k * width + c)) << (7 - k);
      }
      ARRAY_COLUMNS.set(packed, to + c, columns);
    }
    for (; c < width; c++) {
      int column = 0;
      for (int k = 0; k < rows; k++) {
        column |= (pixels[k * width + c] != 0 ? 0x80 : 0) >>> k;
      }
      packed[to + c] = (byte) column;
    }
  }

  static long count(byte[] packed, int from, int bytes) {
    long sum = 0;
    int i = from;
    for (; i + 8 <= from + bytes; i += 8) {
      sum += Long.bitCount(columns(packed, i));
    }
    for (; i < from + bytes; i++) {
      sum += Integer.bitCount(packed[i] & 0xFF);
    }
    return sum;
  }

  static long select(byte[] packed, int width, int height, long n) {
    int keep = PackedRows.mask(0, 0, height);
    long before = 0;
    int c = 0;
    for (int here; c + 8 <= width; c += 8, before += here) {
      here = Long.bitCount(columns(packed, c) & keep * ONES);
      if (before + here > n) {
        break;
      }
    }
    for (int here; c < width; c++, before += here) {
      here = Integer.bitCount(packed[c] & keep);
      if (before + here > n) {
        return 8L * c + nthFromTop(packed[c] & keep, (int) (n - before));
      }
    }
    return ~before;
  }

  /** The place, from the top, of a byte's n-th set bit. */
  private static int nthFromTop(int column, int n) {
    int left = column;
    for (int i = 0; i < n; i++) {
      left &= ~Integer.highestOneBit(left);
    }
    return Integer.numberOfLeadingZeros(left) - 24;
  }

  static int nextSet(MemorySegment map, long from, int bit, int x, int width) {
    int c = x;
    int place = 0x80 >>> bit;
    for (; c + 8 <= width; c += 8) {
      long set = map.get(COLUMNS, from + c) & place * ONES;
      if (set != 0) {
        return c + (Long.numberOfTrailingZeros(set) >>> 3);
      }
    }
    for (; c < width; c++) {
      if ((map.get(JAVA_BYTE, from + c) & place) != 0) {
        return c;
      }
    }
    return -1;
  }

  private static long columns(byte[] bytes, int at) {
    return (long) ARRAY_COLUMNS.get(bytes, at);
  }

  /** One in each byte that is not zero: adding 0x7F to the low seven bits carries into the top. */
  private static long nonZero(long bytes) {
    long low = 0x7F * ONES;
    return ((((bytes & low) + low) | bytes) >>> 7) & ONES;
  }
}
