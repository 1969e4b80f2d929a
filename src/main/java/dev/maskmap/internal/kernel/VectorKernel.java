package dev.maskmap.internal.kernel;

import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * The loops on whole vectors. Rows narrower than a vector go to the scalar kernel; the last vector
 * of a wider row overlaps the one before it.
 *
 * <p>Vectors are loaded from gathered rows, never from a map: see {@link Gather}.
 */
final class VectorKernel implements Kernel {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  @Override
  public String name() {
    return "vector " + Lanes.BYTES.vectorBitSize();
  }

  @Override
  public void expand(
      MemorySegment map,
      long from,
      long stride,
      int bit,
      int height,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      int elementBytes,
      long one) {
    MemorySegment scratch = Gather.scratch();
    int blockWidth = Math.min(width, Gather.BYTES);
    int blockRows = Gather.BYTES / blockWidth;
    long d = to;
    for (int r = 0, row = bit, left = height; left > 0; r += blockRows, row = 0) {
      int h = Math.min(left, 8 * blockRows - row);
      for (int c = 0; c < width; c += blockWidth) {
        int w = Math.min(blockWidth, width - c);
        long s = from + r * stride + c;
        long at = d + (long) c * elementBytes;
        if (w < Lanes.COUNT) {
          ScalarKernel.INSTANCE.expand(
              map, s, stride, row, h, w, dst, at, rowStride, elementBytes, one);
        } else {
          Gather.rows(map, s, stride, PackedRows.count(row, h), w, scratch);
          expandRows(scratch, row, h, w, dst, at, rowStride, elementBytes, one);
        }
      }
      d += h * rowStride;
      left -= h;
    }
  }

  private static void expandRows(
      MemorySegment packed,
      int bit,
      int height,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      int elementBytes,
      long one) {
    long s = 0;
    long d = to;
    for (int row = bit, left = height; left > 0; row = 0, s += width) {
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
    ByteVector ones = Lanes.repeat(one, 1);
    for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
      eightRows(load(packed, from + c), ones, dst, to + c, rowStride);
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
    ByteVector ones = Lanes.repeat(one, elementBytes);
    VectorShuffle<Byte>[] spread = Lanes.spreadTo(elementBytes);
    for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
      ByteVector v = load(packed, from + c);
      long d = to + (long) c * elementBytes;
      for (int part = 0; part < elementBytes; part++, d += Lanes.COUNT) {
        eightRows(v.rearrange(spread[part]), ones, dst, d, rowStride);
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
    ByteVector ones = Lanes.repeat(one, elementBytes);
    VectorShuffle<Byte>[] spread = Lanes.spreadTo(elementBytes);
    for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
      for (int part = 0; part < elementBytes; part++) {
        ByteVector v = load(packed, from + c).rearrange(spread[part]);
        for (int k = 0; k < row; k++) {
          v = v.add(v);
        }
        long d = to + (long) c * elementBytes + (long) part * Lanes.COUNT;
        for (int k = 0; k < rows; k++, d += rowStride) {
          store(select(v, ones), dst, d);
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
   * brings up the next. Not unrolled by hand: C2 gives up inlining, and boxes vectors, in bodies of
   * many operations.
   */
  private static void eightRows(
      ByteVector v, ByteVector ones, MemorySegment dst, long to, long rowStride) {
    for (int k = 0; k < 8; k++, to += rowStride) {
      store(select(v, ones), dst, to);
      v = v.add(v);
    }
  }

  /** The element's bits where a byte is negative, zero elsewhere. */
  private static ByteVector select(ByteVector v, ByteVector ones) {
    return ByteVector.zero(Lanes.BYTES).blend(ones, v.compare(LT, (byte) 0));
  }

  private static ByteVector load(MemorySegment src, long offset) {
    return ByteVector.fromMemorySegment(Lanes.BYTES, src, offset, ORDER);
  }

  private static void store(ByteVector v, MemorySegment out, long offset) {
    v.intoMemorySegment(out, offset, ORDER);
  }

  /**
   * As the scalar kernel: a patch has an eighth of the bytes, and the shifts on vectors were boxed
   * in some compilations.
   */
  @Override
  public void rebase(
      MemorySegment map,
      long from,
      long stride,
      int bit,
      int height,
      int width,
      MemorySegment dst,
      long to,
      long rowStride) {
    ScalarKernel.INSTANCE.rebase(map, from, stride, bit, height, width, dst, to, rowStride);
  }

  /** As the scalar kernel: counting eight columns at a time is bound by the cache misses. */
  @Override
  public long count(MemorySegment map, long from, long stride, int bit, int height, int width) {
    return ScalarKernel.INSTANCE.count(map, from, stride, bit, height, width);
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
