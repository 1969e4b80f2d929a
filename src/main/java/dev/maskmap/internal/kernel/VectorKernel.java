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

  @Override
  public String name() {
    return "vector " + Lanes.BYTES.vectorBitSize();
  }

  @Override
  public void expand(
      MemorySegment packed,
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
    long s = 0;
    long d = to;
    for (int row = bit, left = height; left > 0; row = 0, s += stride) {
      int rows = Math.min(8 - row, left);
      if (rows < 8) {
        expandSome(packed, s, row, rows, width, dst, d, rowStride, elementBytes, one);
      } else if (elementBytes == 1) {
        expandBytes(packed, s, width, dst, d, rowStride, one);
      } else {
        expandElements(packed, s, width, dst, d, rowStride, elementBytes, one);
      }
      d += rows * rowStride;
      left -= rows;
    }
  }

  /** All of a packed row, from left to right, so that lines of the destination fill up at once. */
  private static void expandBytes(
      MemorySegment packed,
      long from,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      long one) {
    long bits = Lanes.repeat(one, 1);
    for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
      eightRows(packed, from + c, bits, dst, to + c, rowStride);
      if (c == width - Lanes.COUNT) {
        return;
      }
    }
  }

  /** As for bytes, each packed byte repeated as often as the element has bytes. */
  private static void expandElements(
      MemorySegment packed,
      long from,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      int elementBytes,
      long one) {
    long bits = Lanes.repeat(one, elementBytes);
    VectorShuffle<Byte>[] spread = Lanes.spreadTo(elementBytes);
    for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
      long d = to + (long) c * elementBytes;
      for (int part = 0; part < elementBytes; part++, d += Lanes.COUNT) {
        eightRows(packed, from + c, spread[part], bits, dst, d, rowStride);
      }
      if (c == width - Lanes.COUNT) {
        return;
      }
    }
  }

  /** The first or last packed row of a patch, of which only some pixel rows are wanted. */
  private static void expandSome(
      MemorySegment packed,
      long from,
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
        ByteVector v =
            ByteVector.fromMemorySegment(Lanes.BYTES, packed, from + c, ORDER)
                .rearrange(spread[part]);
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
      MemorySegment packed, long from, long bits, MemorySegment dst, long to, long rowStride) {
    ByteVector ones = LongVector.broadcast(Lanes.LONGS, bits).reinterpretAsBytes();
    ByteVector v = ByteVector.fromMemorySegment(Lanes.BYTES, packed, from, ORDER);
    for (int k = 0; k < 8; k++, to += rowStride) {
      ByteVector pixels = ByteVector.zero(Lanes.BYTES).blend(ones, v.compare(LT, (byte) 0));
      pixels.intoMemorySegment(dst, to, ORDER);
      v = v.add(v);
    }
  }

  /** The same for wider elements, whose columns are spread first. */
  private static void eightRows(
      MemorySegment packed,
      long from,
      VectorShuffle<Byte> columns,
      long bits,
      MemorySegment dst,
      long to,
      long rowStride) {
    ByteVector ones = LongVector.broadcast(Lanes.LONGS, bits).reinterpretAsBytes();
    ByteVector v =
        ByteVector.fromMemorySegment(Lanes.BYTES, packed, from, ORDER).rearrange(columns);
    for (int k = 0; k < 8; k++, to += rowStride) {
      ByteVector pixels = ByteVector.zero(Lanes.BYTES).blend(ones, v.compare(LT, (byte) 0));
      pixels.intoMemorySegment(dst, to, ORDER);
      v = v.add(v);
    }
  }

  /**
   * As the scalar kernel: a patch has an eighth of the bytes, and the shifts on vectors were boxed
   * in some compilations.
   */
  @Override
  public void rebase(
      MemorySegment packed,
      int stride,
      int bit,
      int height,
      int width,
      MemorySegment dst,
      long to,
      long rowStride) {
    ScalarKernel.INSTANCE.rebase(packed, stride, bit, height, width, dst, to, rowStride);
  }

  /** As the scalar kernel: counting eight columns at a time is bound by the cache misses. */
  @Override
  public long count(MemorySegment packed, int stride, int bit, int height, int width) {
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
