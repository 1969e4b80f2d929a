package dev.maskmap.internal.kernel;

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
   * ints of a known range, a constant apart: so C2 asks once, before the loops, whether all of them
   * lie inside the destination, and a store's address is part of the store.
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

  /** Shifts on longs: those on bytes are put together from several and were boxed at times. */
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
    if (width < Lanes.COUNT) {
      ScalarKernel.INSTANCE.rebase(packed, stride, bit, height, width, dst, to, rowStride);
      return;
    }
    int packedRows = PackedRows.count(bit, height);
    int outRows = PackedRows.count(0, height);
    if (width == DENSE && rowStride == DENSE && to <= DENSE_END && (height & 7) == 0) {
      rebaseDense(packed, bit, outRows, dst, (int) to);
      return;
    }
    for (int r = 0; r < outRows; r++) {
      int keep = PackedRows.mask(r, 0, height);
      int below = Math.min(r + 1, packedRows - 1) * stride;
      rebaseRow(packed, r * stride, below, bit, keep, width, dst, to + r * rowStride);
    }
  }

  /** The patch that everybody reads, as {@link #expandDense} writes it. */
  private static void rebaseDense(byte[] packed, int bit, int rows, MemorySegment dst, int to) {
    if (to < 0 || to > DENSE_END || rows >= Scratch.BYTES / DENSE) {
      throw new IllegalArgumentException();
    }
    long high = ((0xFF << bit) & 0xFF) * PackedRows.ONES;
    long low = (0xFF >>> (8 - bit)) * PackedRows.ONES;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < DENSE; c += Lanes.COUNT) {
        // Without a bit to shift by nothing is kept of the row below, which need not be there.
        LongVector upper =
            ByteVector.fromArray(Lanes.BYTES, packed, r * DENSE + c).reinterpretAsLongs();
        LongVector lower =
            ByteVector.fromArray(Lanes.BYTES, packed, (r + 1) * DENSE + c).reinterpretAsLongs();
        upper
            .lanewise(LSHL, bit)
            .and(high)
            .or(lower.lanewise(LSHR, 8 - bit).and(low))
            .reinterpretAsBytes()
            .intoMemorySegment(dst, to + (r * DENSE + c), ORDER);
      }
    }
  }

  private static void rebaseRow(
      byte[] packed,
      int from,
      int below,
      int bit,
      int keep,
      int width,
      MemorySegment dst,
      long to) {
    long high = ((0xFF << bit) & keep) * PackedRows.ONES;
    long low = ((0xFF >>> (8 - bit)) & keep) * PackedRows.ONES;
    for (int c = 0; ; c = Math.min(c + Lanes.COUNT, width - Lanes.COUNT)) {
      LongVector upper = ByteVector.fromArray(Lanes.BYTES, packed, from + c).reinterpretAsLongs();
      LongVector lower = ByteVector.fromArray(Lanes.BYTES, packed, below + c).reinterpretAsLongs();
      upper
          .lanewise(LSHL, bit)
          .and(high)
          .or(lower.lanewise(LSHR, 8 - bit).and(low))
          .reinterpretAsBytes()
          .intoMemorySegment(dst, to + c, ORDER);
      if (c == width - Lanes.COUNT) {
        return;
      }
    }
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
