package dev.maskmap;

import dev.maskmap.internal.kernel.Kernel;
import dev.maskmap.internal.kernel.Kernels;
import dev.maskmap.internal.kernel.PackedRows;
import dev.maskmap.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * The packed rows of all masks of a part, however its layout holds them. What a patch needs of them
 * is gathered into the thread's scratch, block by block, and the kernels work there. Ranges are
 * checked by the caller.
 */
abstract sealed class MaskRows permits BitRows, RunRows {
  private final Shapes shapes;

  MaskRows(Shapes shapes) {
    this.shapes = shapes;
  }

  final Shapes shapes() {
    return shapes;
  }

  /**
   * Writes {@code rows} packed rows of a mask from {@code row} on, columns {@code x} to {@code x +
   * width}, into the scratch: each {@code stride} bytes behind the one before. Rows are written in
   * order, and up to {@link Scratch#SLACK} bytes behind each may be overwritten.
   *
   * @param width at most {@link Scratch#MAX_WIDTH}
   */
  abstract void gather(long mask, int row, int rows, int x, int width, byte[] scratch, int stride);

  /**
   * Has the system read what a patch touches, unless it is known to be in memory. Allocates
   * nothing. Of a region of many megabytes it is the beginning; the system goes on by itself.
   *
   * @throws IllegalStateException if the index is damaged that says where the patch lies
   */
  abstract void willRead(long mask, int y, int x, int height, int width);

  abstract boolean get(long mask, int y, int x);

  /** The first foreground pixel of pixel row {@code y} at or after column {@code x}, or -1. */
  abstract int nextInRow(long mask, int y, int x);

  /** The packed rows of a whole mask, without gaps. */
  abstract MemorySegment packed(long mask);

  /** Checks that a mask is as large as it is listed, before memory is taken for all of it. */
  abstract void checkSize(long mask);

  /** Copies the packed rows of a whole mask into memory of their length. */
  abstract void copyPacked(long mask, MemorySegment dst);

  final long count(long mask, int y, int x, int height, int width) {
    willRead(mask, y, x, height, width);
    byte[] scratch = Scratch.get();
    long sum = 0;
    // Stepping by what was read, so that no index passes the largest int.
    for (int c = 0, w; c < width; c += w) {
      w = Math.min(Scratch.MAX_WIDTH, width - c);
      int stride = Scratch.stride(w);
      int blockRows = Scratch.BYTES / stride;
      for (int r = 0, h; r < height; r += h) {
        int bit = (y + r) & 7;
        h = Math.min(8 * blockRows - bit, height - r);
        gather(mask, (y + r) >>> 3, PackedRows.count(bit, h), x + c, w, scratch, stride);
        sum += Kernels.get().count(scratch, stride, bit, h, w);
      }
    }
    return sum;
  }

  /**
   * The n-th foreground pixel of a packed row, column by column, from the top of each: {@code 8 *
   * column + pixel row}, or -1 if there are not so many.
   *
   * @param height pixel rows of the packed row
   */
  final long selectInRow(long mask, int row, int height, long n) {
    byte[] scratch = Scratch.get();
    int width = shapes.width(mask);
    long left = n;
    for (int c = 0, w; c < width; c += w) {
      w = Math.min(Scratch.MAX_WIDTH, width - c);
      gather(mask, row, 1, c, w, scratch, w);
      long found = Kernels.select(scratch, w, height, left);
      if (found >= 0) {
        return 8L * c + found;
      }
      left -= ~found;
    }
    return -1;
  }

  /** Writes a patch into native memory. */
  final void read(
      long mask,
      int y,
      int x,
      int height,
      int width,
      PixelType type,
      MemorySegment dst,
      long to,
      long rowStride) {
    if (width <= Scratch.MAX_WIDTH
        && PackedRows.count(y & 7, height) <= Scratch.BYTES / Scratch.stride(width)) {
      readBlock(mask, y, x, height, width, type, dst, to, rowStride);
    } else {
      readBlocks(mask, y, x, height, width, type, dst, to, rowStride);
    }
  }

  private void readBlocks(
      long mask,
      int y,
      int x,
      int height,
      int width,
      PixelType type,
      MemorySegment dst,
      long to,
      long rowStride) {
    int blockWidth = Math.min(Scratch.MAX_WIDTH, width);
    int blockRows = Scratch.BYTES / Scratch.stride(blockWidth);
    boolean packed = type == PixelType.PACKED;
    long d = to;
    for (int r = 0, h; r < height; r += h) {
      // Packed patches are cut between their own packed rows, others between the mask's.
      h = Math.min(8 * blockRows - (packed ? 8 : (y + r) & 7), height - r);
      for (int c = 0, w; c < width; c += w) {
        w = Math.min(blockWidth, width - c);
        readBlock(mask, y + r, x + c, h, w, type, dst, d + type.rowBytes(c), rowStride);
      }
      d += type.rows(h) * rowStride;
    }
  }

  /** A patch whose packed rows fit the scratch. */
  private void readBlock(
      long mask,
      int y,
      int x,
      int height,
      int width,
      PixelType type,
      MemorySegment dst,
      long to,
      long rowStride) {
    byte[] scratch = Scratch.get();
    int stride = Scratch.stride(width);
    gather(mask, y >>> 3, PackedRows.count(y & 7, height), x, width, scratch, stride);
    Kernel kernel = Kernels.get();
    int bit = y & 7;
    if (type == PixelType.PACKED) {
      kernel.rebase(scratch, stride, bit, height, width, dst, to, rowStride);
    } else {
      kernel.expand(
          scratch, stride, bit, height, width, dst, to, rowStride, type.elementBytes(), type.one());
    }
  }

  /** Writes a patch into memory of any kind, block by block through native memory. */
  final void readThroughScratch(
      long mask,
      int y,
      int x,
      int height,
      int width,
      PixelType type,
      MemorySegment dst,
      long to,
      long rowStride) {
    MemorySegment scratch = HeapScratch.get();
    int blockWidth = Math.min(width, HeapScratch.BYTES / type.elementBytes());
    long blockBytes = type.rowBytes(blockWidth);
    int pixelRows = type == PixelType.PACKED ? 8 : 1;
    int blockHeight = pixelRows * (int) Math.min(height, HeapScratch.BYTES / blockBytes);
    // Stepping by what was read, so that no index passes the largest int.
    for (int r = 0, h; r < height; r += h) {
      h = Math.min(blockHeight, height - r);
      for (int c = 0, w; c < width; c += w) {
        w = Math.min(blockWidth, width - c);
        long bytes = type.rowBytes(w);
        read(mask, y + r, x + c, h, w, type, scratch, 0, bytes);
        long d = to + r / pixelRows * rowStride + type.rowBytes(c);
        copy(scratch, type.rows(h), bytes, dst, d, rowStride);
      }
    }
  }

  private static void copy(
      MemorySegment src, int rows, long rowBytes, MemorySegment dst, long to, long rowStride) {
    if (rowBytes == rowStride) {
      MemorySegment.copy(src, 0, dst, to, rows * rowBytes);
      return;
    }
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(src, r * rowBytes, dst, to + r * rowStride, rowBytes);
    }
  }
}
