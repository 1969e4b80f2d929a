package dev.maskmap.internal.kernel;

import static dev.maskmap.internal.kernel.PackedRows.ONES;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
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
 *
 * <p>Every method that loads vectors from a map also reads a byte of it with {@code get}: where a
 * file is cut short under the map, HotSpot turns the fault into an {@link InternalError} only in
 * compiled code that holds such an access, and ends the process otherwise.
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
    if (width < Lanes.COUNT) {
      ScalarKernel.INSTANCE.expand(
          map, from, stride, bit, height, width, dst, to, rowStride, elementBytes, one);
      return;
    }
    int packedRows = PackedRows.count(bit, height);
    Pull.lines(map, from, packedRows, stride, width);
    long s = from;
    long d = to;
    for (int r = 0, row = bit, left = height; r < packedRows; r++, s += stride) {
      int rows = Math.min(8 - row, left);
      if (rows < 8) {
        expandSome(map, s, row, rows, width, dst, d, rowStride, elementBytes, one);
      } else if (elementBytes == 1) {
        expandBytes(map, s, width, dst, d, rowStride, one);
      } else {
        expandElements(map, s, width, dst, d, rowStride, elementBytes, one);
      }
      d += rows * rowStride;
      left -= rows;
      row = 0;
    }
  }

  /** All of a packed row, from left to right, so that lines of the destination fill up at once. */
  private static void expandBytes(
      MemorySegment map,
      long from,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      long one) {
    Pull.touch(map, from);
    ByteVector ones = Lanes.repeat(one, 1);
    for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
      eightRows(load(map, from + c), ones, dst, to + c, rowStride);
      if (c == width - Lanes.COUNT) {
        return;
      }
    }
  }

  /** As for bytes, each packed byte repeated as often as the element has bytes. */
  private static void expandElements(
      MemorySegment map,
      long from,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      int elementBytes,
      long one) {
    Pull.touch(map, from);
    ByteVector ones = Lanes.repeat(one, elementBytes);
    VectorShuffle<Byte>[] spread = Lanes.spreadTo(elementBytes);
    for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
      ByteVector v = load(map, from + c);
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
      MemorySegment map,
      long from,
      int row,
      int rows,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      int elementBytes,
      long one) {
    Pull.touch(map, from);
    ByteVector ones = Lanes.repeat(one, elementBytes);
    VectorShuffle<Byte>[] spread = Lanes.spreadTo(elementBytes);
    for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
      for (int part = 0; part < elementBytes; part++) {
        ByteVector v = load(map, from + c).rearrange(spread[part]);
        for (int k = 0; k < row; k++) {
          v = v.add(v);
        }
        long d = to + (long) c * elementBytes + part * Lanes.COUNT;
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
    int packedRows = PackedRows.count(bit, height);
    int outRows = PackedRows.count(0, height);
    Pull.lines(map, from, packedRows, stride, width);
    Pull.touch(map, from);
    for (int r = 0; r < outRows; r++) {
      int keep = PackedRows.mask(r, 0, height);
      long high = ((0xFF << bit) & keep) * ONES;
      long low = ((0xFF >>> (8 - bit)) & keep) * ONES;
      long s = from + r * stride;
      long below = from + Math.min(r + 1, packedRows - 1) * stride;
      long d = to + r * rowStride;
      int c = 0;
      for (; c + Lanes.COUNT <= width; c += Lanes.COUNT) {
        LongVector upper = load(map, s + c).reinterpretAsLongs().lanewise(LSHL, bit).and(high);
        LongVector lower =
            load(map, below + c).reinterpretAsLongs().lanewise(LSHR, 8 - bit).and(low);
        store(upper.or(lower).reinterpretAsBytes(), dst, d + c);
      }
      ScalarKernel.rebaseRow(map, s, below, bit, keep, c, width, dst, d);
    }
  }

  @Override
  public long count(MemorySegment map, long from, long stride, int bit, int height, int width) {
    int packedRows = PackedRows.count(bit, height);
    Pull.touch(map, from);
    LongVector sums = LongVector.zero(Lanes.LONGS);
    long sum = 0;
    for (int r = 0; r < packedRows; r++) {
      int mask = PackedRows.mask(r, bit, height);
      int c = 0;
      for (; c + Lanes.COUNT <= width; c += Lanes.COUNT) {
        ByteVector v = load(map, from + r * stride + c).and((byte) mask);
        sums = sums.add(v.reinterpretAsLongs().lanewise(BIT_COUNT));
      }
      sum += ScalarKernel.countRow(map, from + r * stride, mask, c, width);
    }
    return sum + sums.reduceLanes(ADD);
  }

  @Override
  public void pack(
      MemorySegment pixels,
      long from,
      long rowStride,
      int rows,
      int width,
      MemorySegment dst,
      long to) {
    Pull.touch(pixels, from);
    int c = 0;
    for (; c + Lanes.COUNT <= width; c += Lanes.COUNT) {
      ByteVector packed = ByteVector.zero(Lanes.BYTES);
      for (int k = 0; k < rows; k++) {
        byte place = (byte) (0x80 >>> k);
        ByteVector v = load(pixels, from + k * rowStride + c);
        packed =
            packed.or(
                ByteVector.broadcast(Lanes.BYTES, place).and(v.compare(NE, (byte) 0).toVector()));
      }
      store(packed, dst, to + c);
    }
    ScalarKernel.packColumns(pixels, from, rowStride, rows, c, width, dst, to);
  }
}
