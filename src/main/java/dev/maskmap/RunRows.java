package dev.maskmap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.Readahead;
import dev.maskmap.internal.kernel.Kernels;
import dev.maskmap.internal.kernel.PackedRows;
import dev.maskmap.internal.kernel.RunScratch;
import dev.maskmap.internal.kernel.Runs;
import dev.maskmap.internal.kernel.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The layout {@code runs}: packed rows as runs of equal bytes, and an index of where each begins.
 * What is read from the index becomes an address, so it is checked at every use.
 */
final class RunRows extends MaskRows {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Of a mask: where its packed rows begin is told in four bytes. */
  private static final long MOST_BYTES = 0xFFFF_FFFFL;

  private final Path store;
  private final MemorySegment runs;
  private final MemorySegment starts;
  private final MemorySegment offsets;
  private final Readahead runsAhead;
  private final Readahead startsAhead;

  /**
   * @param runs of all packed rows
   * @param starts where each packed row begins, relative to its mask
   * @param offsets first byte and first packed row of each mask, then the ends
   */
  RunRows(Path store, Shapes shapes, FileMap runs, FileMap starts, MemorySegment offsets) {
    super(shapes);
    this.store = store;
    this.runs = runs.map();
    this.starts = starts.map();
    this.offsets = offsets;
    this.runsAhead = new Readahead(runs);
    this.startsAhead = new Readahead(starts);
  }

  /** A mask's first byte. */
  private long begin(long mask) {
    return offsets.getAtIndex(LONG, 2 * mask);
  }

  /** Bytes of a mask. */
  private long length(long mask) {
    long begin = begin(mask);
    long end = begin(mask + 1);
    if (begin < 0 || end < begin || end > runs.byteSize() || end - begin > MOST_BYTES) {
      throw damaged(
          StoreFiles.OFFSETS,
          "mask %d lies at bytes %d to %d of %d".formatted(mask, begin, end, runs.byteSize()));
    }
    return end - begin;
  }

  /** Where a packed row begins, or, behind the last, the mask ends. */
  private long start(long firstRow, int rows, int row, long length) {
    return row == rows ? length : Integer.toUnsignedLong(starts.getAtIndex(INT, firstRow + row));
  }

  /** Checks where a packed row lies and gives its length. */
  private int checkRow(long mask, int row, long from, long to, long length, int maskWidth) {
    if (from >= to
        || (row == 0 && from != 0)
        || to > length
        || !Runs.isLength(to - from, maskWidth)) {
      throw damagedRow(mask, row, from, to, length);
    }
    return (int) (to - from);
  }

  @Override
  void gather(long mask, int row, int rows, int x, int width, byte[] scratch, int stride) {
    RunScratch own = RunScratch.get();
    int[] begins = own.starts;
    int maskWidth = shapes().width(mask);
    long length = length(mask);
    long begin = begin(mask);
    copyStarts(mask, row, rows, length, begins);
    long first = Integer.toUnsignedLong(begins[0]);
    long all = Integer.toUnsignedLong(begins[rows]) - first;
    boolean together = all > 0 && all <= own.runs.length && first + all <= length;
    if (together) {
      MemorySegment.copy(runs, JAVA_BYTE, begin + first, own.runs, 0, (int) all);
    }
    int run = 0;
    for (int r = 0; r < rows; r++) {
      long from = Integer.toUnsignedLong(begins[r]);
      long to = Integer.toUnsignedLong(begins[r + 1]);
      int bytes = checkRow(mask, row + r, from, to, length, maskWidth);
      if (together && (from < first || to - first > all)) {
        // Not among those that were copied: one of the rows begins where none can.
        throw damagedRow(mask, row + r, from, to, length);
      }
      if (bytes == maskWidth) {
        MemorySegment.copy(runs, JAVA_BYTE, begin + from + x, scratch, r * stride, width);
        continue;
      }
      int at = 0;
      if (together) {
        at = (int) (from - first);
      } else {
        bytes = Runs.window(runs, begin + from, bytes, maskWidth, x, width, own.runs);
        run = 0;
      }
      run = Runs.fill(own.runs, at, bytes, maskWidth, x, width, run, scratch, r * stride);
      if (run == Runs.DAMAGED) {
        throw damagedRuns(mask, row + r, maskWidth);
      }
    }
  }

  /** Where some packed rows of a mask begin, and the last of them ends. */
  private void copyStarts(long mask, int row, int rows, long length, int[] begins) {
    long at = Integer.BYTES * (shapes().firstRow(mask) + row);
    boolean toEnd = row + rows == MaskSize.packedRows(shapes().height(mask));
    MemorySegment.copy(starts, INT, at, begins, 0, toEnd ? rows : rows + 1);
    if (toEnd) {
      begins[rows] = (int) length;
    }
  }

  @Override
  void willRead(long mask, int y, int x, int height, int width) {
    int row = y >>> 3;
    int rows = PackedRows.count(y & 7, height);
    if (startsAhead.isWatching()) {
      long first = shapes().firstRow(mask) + row;
      long end = Math.min(first + rows + 1, starts.byteSize() / Integer.BYTES);
      startsAhead.willRead(first * Integer.BYTES, end * Integer.BYTES);
    }
    if (runsAhead.isWatching()) {
      long firstRow = shapes().firstRow(mask);
      int maskRows = MaskSize.packedRows(shapes().height(mask));
      long length = length(mask);
      long from = start(firstRow, maskRows, row, length);
      long to = start(firstRow, maskRows, row + rows, length);
      if (from < to && to <= length) {
        runsAhead.willRead(begin(mask) + from, begin(mask) + to);
      }
    }
  }

  @Override
  boolean get(long mask, int y, int x) {
    byte[] scratch = Scratch.get();
    gather(mask, y >>> 3, 1, x, 1, scratch, 1);
    return (scratch[0] & 0x80 >>> (y & 7)) != 0;
  }

  @Override
  int nextInRow(long mask, int y, int x) {
    int width = shapes().width(mask);
    int rows = MaskSize.packedRows(shapes().height(mask));
    int row = y >>> 3;
    long firstRow = shapes().firstRow(mask);
    long length = length(mask);
    long from = start(firstRow, rows, row, length);
    long to = start(firstRow, rows, row + 1, length);
    int bytes = checkRow(mask, row, from, to, length, width);
    long at = begin(mask) + from;
    if (bytes == width) {
      return Kernels.nextSet(runs, at, y & 7, x, width);
    }
    int found = Runs.nextSet(runs, at, bytes, width, y & 7, x);
    if (found == Runs.DAMAGED) {
      throw damagedRuns(mask, row, width);
    }
    return found;
  }

  /** New memory, which the garbage collector frees. */
  @Override
  MemorySegment packed(long mask) {
    checkSize(mask);
    MemorySegment packed = Arena.ofAuto().allocate(shapes().size(mask).bytes());
    copyPacked(mask, packed);
    return packed.asReadOnly();
  }

  /** Each packed row must end at the mask's width. */
  @Override
  void checkSize(long mask) {
    int width = shapes().width(mask);
    int rows = MaskSize.packedRows(shapes().height(mask));
    long firstRow = shapes().firstRow(mask);
    long length = length(mask);
    for (int r = 0; r < rows; r++) {
      long from = start(firstRow, rows, r, length);
      int bytes = checkRow(mask, r, from, start(firstRow, rows, r + 1, length), length, width);
      if (bytes != width && Runs.lastEnd(runs, begin(mask) + from, bytes, width) != width) {
        throw damagedRuns(mask, r, width);
      }
    }
  }

  @Override
  void copyPacked(long mask, MemorySegment dst) {
    MaskSize size = shapes().size(mask);
    willRead(mask, 0, 0, size.height(), size.width());
    byte[] scratch = Scratch.get();
    for (int r = 0; r < size.packedRows(); r++) {
      for (int c = 0, w; c < size.width(); c += w) {
        w = Math.min(Scratch.MAX_WIDTH, size.width() - c);
        gather(mask, r, 1, c, w, scratch, w);
        MemorySegment.copy(scratch, 0, dst, JAVA_BYTE, (long) r * size.width() + c, w);
      }
    }
  }

  private IllegalStateException damagedRow(long mask, int row, long from, long to, long length) {
    return damaged(
        StoreFiles.ROWS,
        "packed row %d of mask %d lies at bytes %d to %d of %d"
            .formatted(row, mask, from, to, length));
  }

  private IllegalStateException damagedRuns(long mask, int row, int width) {
    return damaged(
        StoreFiles.RUNS,
        "the runs of packed row %d of mask %d do not rise to its %d columns"
            .formatted(row, mask, width));
  }

  private IllegalStateException damaged(String file, String what) {
    return Damage.of(store.resolve(file), what);
  }
}
