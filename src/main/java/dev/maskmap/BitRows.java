package dev.maskmap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.internal.kernel.Kernels;
import java.lang.foreign.MemorySegment;

/**
 * The packed rows of all masks as the layout {@code bits} holds them: one mapped array. Ranges are
 * checked by the caller.
 */
final class BitRows {
  private final MemorySegment map;
  private final Shapes shapes;

  BitRows(MemorySegment map, Shapes shapes) {
    this.map = map;
    this.shapes = shapes;
  }

  Shapes shapes() {
    return shapes;
  }

  private long offset(long mask, int y, int x, int width) {
    return shapes.start(mask) + (long) (y >>> 3) * width + x;
  }

  boolean get(long mask, int y, int x) {
    return (map.get(JAVA_BYTE, offset(mask, y, x, shapes.width(mask))) & 0x80 >>> (y & 7)) != 0;
  }

  long count(long mask, int y, int x, int height, int width) {
    int stride = shapes.width(mask);
    return Kernels.get().count(map, offset(mask, y, x, stride), stride, y & 7, height, width);
  }

  int nextInRow(long mask, int y, int x) {
    int width = shapes.width(mask);
    return Kernels.nextSet(map, offset(mask, y, 0, width), y & 7, x, width);
  }

  MemorySegment packed(long mask) {
    return map.asSlice(shapes.start(mask), shapes.size(mask).bytes());
  }

  /** Writes a patch into native memory. */
  void read(
      long mask,
      int y,
      int x,
      int height,
      int width,
      PixelType type,
      MemorySegment dst,
      long to,
      long rowStride) {
    int stride = shapes.width(mask);
    long from = offset(mask, y, x, stride);
    if (type == PixelType.PACKED) {
      Kernels.get().rebase(map, from, stride, y & 7, height, width, dst, to, rowStride);
    } else {
      Kernels.get()
          .expand(
              map,
              from,
              stride,
              y & 7,
              height,
              width,
              dst,
              to,
              rowStride,
              type.elementBytes(),
              type.one());
    }
  }

  /** Writes a patch into memory of any kind, block by block through native memory. */
  void readThroughScratch(
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
