package dev.maskmap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.Readahead;
import dev.maskmap.internal.kernel.Kernels;
import dev.maskmap.internal.kernel.PackedRows;
import dev.maskmap.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;

/** The layout {@code bits}: one mapped array of packed rows, plain and uncompressed. */
final class BitRows extends MaskRows {
  private final MemorySegment map;
  private final Readahead readahead;

  BitRows(FileMap file, Shapes shapes) {
    super(shapes);
    this.map = file.map();
    this.readahead = new Readahead(file);
  }

  private long offset(long mask, int row, int x, int width) {
    return shapes().start(mask) + (long) row * width + x;
  }

  @Override
  void gather(long mask, int row, int rows, int x, int width, byte[] scratch, int stride) {
    int mapStride = shapes().width(mask);
    long from = offset(mask, row, x, mapStride);
    Scratch.gather(map, from, mapStride, rows, width, scratch, stride);
  }

  @Override
  void willRead(long mask, int y, int x, int height, int width) {
    if (!readahead.isWatching()) {
      return;
    }
    int stride = shapes().width(mask);
    int rows = PackedRows.count(y & 7, height);
    long from = offset(mask, y >>> 3, x, stride);
    readahead.willReadRows(from, rows, width, stride);
  }

  @Override
  boolean get(long mask, int y, int x) {
    long at = offset(mask, y >>> 3, x, shapes().width(mask));
    return (map.get(JAVA_BYTE, at) & 0x80 >>> (y & 7)) != 0;
  }

  @Override
  int nextInRow(long mask, int y, int x) {
    int width = shapes().width(mask);
    return Kernels.nextSet(map, offset(mask, y >>> 3, 0, width), y & 7, x, width);
  }

  @Override
  MemorySegment packed(long mask) {
    return map.asSlice(shapes().start(mask), shapes().size(mask).bytes());
  }

  /** Finding where a mask begins is the check. */
  @Override
  void checkSize(long mask) {
    shapes().start(mask);
  }

  @Override
  void copyPacked(long mask, MemorySegment dst) {
    willRead(mask, 0, 0, shapes().height(mask), shapes().width(mask));
    MemorySegment.copy(map, shapes().start(mask), dst, 0, dst.byteSize());
  }
}
