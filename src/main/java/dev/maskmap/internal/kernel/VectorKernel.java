package dev.maskmap.internal.kernel;

import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * The loops on whole vectors. Rows narrower than a vector go to the scalar kernel; the last vector
 * of a wider row overlaps the one before it.
 */
final class VectorKernel implements Kernel {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** Columns of the patch that has constants of its own. */
  private static final int DENSE = 256;

  /** The last byte of a destination at which such a patch is dense; no int overflows behind it. */
  private static final int DENSE_END = 1 << 30;

  @Override
  public String name() {
    return "vector " + Lanes.BYTES.vectorBitSize();
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
    if (width < Lanes.COUNT) {
      ScalarKernel.INSTANCE.expand(
          packed, stride, bit, height, width, dst, to, rowStride, elementBytes, one);
      return;
    }
    int s = 0;
    long d = to;
    int left = height;
    if (bit != 0) {
      int rows = Math.min(8 - bit, left);
      expandSome(packed, s, bit, rows, width, dst, d, rowStride, elementBytes, one);
      s += stride;
      d += rows * rowStride;
      left -= rows;
    }
    int full = left >>> 3;
    if (elementBytes == 1) {
      if (width == DENSE && rowStride == DENSE && d <= DENSE_END) {
        expandDense(packed, s, full, dst, (int) d, one);
      } else {
        expandBytes(packed, s, stride, full, width, dst, d, rowStride, one);
      }
    } else {
      expandElements(packed, s, stride, full, width, dst, d, rowStride, elementBytes, one);
    }
    if ((left & 7) != 0) {
      s += full * stride;
      d += 8L * full * rowStride;
      expandSome(packed, s, 0, left & 7, width, dst, d, rowStride, elementBytes, one);
    }
  }

  /**
   * Whole packed rows of the patch that everybody reads, 256 columns without gaps. All offsets are
   * ints of a known range, a constant apart: so C2 asks once, before the loops, whether the
   * destination lives and of what kind it is. What is left before a store is to compare its offset
   * with the length.
   */
  private static void expandDense(
      byte[] packed, int from, int rows, MemorySegment dst, int to, long one) {
    if (to < 0 || to > DENSE_END || rows > Scratch.BYTES / DENSE) {
      // Never seen: the question tells C2 how far the offsets can go.
      throw new IllegalArgumentException();
    }
    ByteVector ones = LongVector.broadcast(Lanes.LONGS, Lanes.repeat(one, 1)).reinterpretAsBytes();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < DENSE; c += Lanes.COUNT) {
        ByteVector v = ByteVector.fromArray(Lanes.BYTES, packed, from + r * DENSE + c);
        for (int k = 0; k < 8; k++) {
          ByteVector pixels = ByteVector.zero(Lanes.BYTES).blend(ones, v.compare(LT, (byte) 0));
          pixels.intoMemorySegment(dst, to + ((8 * r + k) * DENSE + c), ORDER);
          v = v.add(v);
        }
      }
    }
  }

  /**
   * Packed row by packed row from left to right, so that lines of the destination fill up at once.
   */
  private static void expandBytes(
      byte[] packed,
      int from,
      int stride,
      int rows,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      long one) {
    long bits = Lanes.repeat(one, 1);
    for (int r = 0; r < rows; r++, from += stride, to += 8 * rowStride) {
      for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
        eightRows(packed, from + c, bits, dst, to + c, rowStride);
        if (c == width - Lanes.COUNT) {
          break;
        }
      }
    }
  }

  /** As for bytes, each packed byte repeated as often as the element has bytes. */
  private static void expandElements(
      byte[] packed,
      int from,
      int stride,
      int rows,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      int elementBytes,
      long one) {
    long bits = Lanes.repeat(one, elementBytes);
    VectorShuffle<Byte>[] spread = Lanes.spreadTo(elementBytes);
    for (int r = 0; r < rows; r++, from += stride, to += 8 * rowStride) {
      for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
        long d = to + (long) c * elementBytes;
        for (int part = 0; part < elementBytes; part++, d += Lanes.COUNT) {
          eightRows(packed, from + c, spread[part], bits, dst, d, rowStride);
        }
        if (c == width - Lanes.COUNT) {
          break;
        }
      }
    }
  }

  /** The first or last packed row of a patch, of which only some pixel rows are wanted. */
  private static void expandSome(
      byte[] packed,
      int from,
      int row,
      int rows,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      int elementBytes,
      long one) {
    ByteVector ones =
        LongVector.broadcast(Lanes.LONGS, Lanes.repeat(one, elementBytes)).reinterpretAsBytes();
    VectorShuffle<Byte>[] spread = Lanes.spreadTo(elementBytes);
    for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
      for (int part = 0; part < elementBytes; part++) {
        ByteVector v = ByteVector.fromArray(Lanes.BYTES, packed, from + c).rearrange(spread[part]);
        for (int k = 0; k < row; k++) {
          v = v.add(v);
        }
        long d = to + (long) c * elementBytes + (long) part * Lanes.COUNT;
        for (int k = 0; k < rows; k++, d += rowStride) {
          ByteVector pixels = ByteVector.zero(Lanes.BYTES).blend(ones, v.compare(LT, (byte) 0));
          pixels.intoMemorySegment(dst, d, ORDER);
          v = v.add(v);
        }
      }
      if (c == width - Lanes.COUNT) {
        return;
      }
    }
  }

  /**
   * Eight rows of one vector's columns. The sign of each byte is the pixel; adding a byte to itself
   * brings up the next.
   *
   * <p>No vector goes in or out: where C2 does not inline a method, because it was compiled earlier
   * on its own, vectors that pass its border are boxed, at eight times the cost. And the loop is
   * not unrolled by hand: bodies of many operations exceed what C2 inlines.
   */
  private static void eightRows(
      byte[] packed, int from, long bits, MemorySegment dst, long to, long rowStride) {
    ByteVector ones = LongVector.broadcast(Lanes.LONGS, bits).reinterpretAsBytes();
    ByteVector v = ByteVector.fromArray(Lanes.BYTES, packed, from);
    for (int k = 0; k < 8; k++) {
      ByteVector pixels = ByteVector.zero(Lanes.BYTES).blend(ones, v.compare(LT, (byte) 0));
      pixels.intoMemorySegment(dst, to + k * rowStride, ORDER);
      v = v.add(v);
    }
  }

  /** The same for wider elements, whose columns are spread first. */
  private static void eightRows(
      byte[] packed,
      int from,
      VectorShuffle<Byte> columns,
      long bits,
      MemorySegment dst,
      long to,
      long rowStride) {
    ByteVector ones = LongVector.broadcast(Lanes.LONGS, bits).reinterpretAsBytes();
    ByteVector v = ByteVector.fromArray(Lanes.BYTES, packed, from).rearrange(columns);
    for (int k = 0; k < 8; k++) {
      ByteVector pixels = ByteVector.zero(Lanes.BYTES).blend(ones, v.compare(LT, (byte) 0));
      pixels.intoMemorySegment(dst, to + k * rowStride, ORDER);
      v = v.add(v);
    }
  }

  /**
   * As the scalar kernel, whose loop C2 turns into vectors. Written with vectors it needed them as
   * longs, and a process that had packed patches read slowed down (docs/performance.md).
   */
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
    ScalarKernel.INSTANCE.rebase(packed, stride, bit, height, width, dst, to, rowStride);
  }

  @Override
  public void fill(byte[] rows, int from, int to, byte value) {
    for (int c = from; c < to; c += Lanes.COUNT) {
      ByteVector.broadcast(Lanes.BYTES, value).intoArray(rows, c);
    }
  }

  /** As the scalar kernel: counting eight columns at a time is bound by the cache misses. */
  @Override
  public long count(byte[] packed, int stride, int bit, int height, int width) {
    return ScalarKernel.INSTANCE.count(packed, stride, bit, height, width);
  }

  @Override
  public void pack(byte[] pixels, int rows, int width, byte[] packed, int to) {
    int c = 0;
    for (; c + Lanes.COUNT <= width; c += Lanes.COUNT) {
      ByteVector columns = ByteVector.zero(Lanes.BYTES);
      for (int k = 0; k < rows; k++) {
        ByteVector place = ByteVector.broadcast(Lanes.BYTES, (byte) (0x80 >>> k));
        ByteVector v = ByteVector.fromArray(Lanes.BYTES, pixels, k * width + c);
        columns = columns.blend(columns.or(place), v.compare(NE, (byte) 0));
      }
      columns.intoArray(packed, to + c);
    }
    ScalarKernel.packColumns(pixels, rows, c, width, packed, to);
  }
}
