package dev.maskmap;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.Names;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One store folder, or one bare array, as it is mapped: all of a plain {@link MaskStore}, or a
 * piece of a data set.
 *
 * @param path the folder or file
 * @param rows the pixels
 * @param index what a store has beyond its pixels; a bare array has none
 * @param maps all that is mapped
 */
record StorePart(
    Path path, Shapes shapes, MaskRows rows, @Nullable Index index, List<FileMap> maps) {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * @param id of the store
   * @param areas running sums of foreground over the masks
   * @param rowSums those inside each mask
   */
  record Index(String id, MaskSums areas, RowSums rowSums, Names names) {}

  /** A part without index: all that is known of it are its pixels. */
  static StorePart bare(FileMap bits, UniformShapes shapes) {
    return new StorePart(bits.file(), shapes, new BitRows(bits, shapes), null, List.of(bits));
  }

  /** Maps a store folder into an arena. */
  static StorePart map(Path store, Manifest manifest, Arena arena) throws IOException {
    StoreFolder folder = new StoreFolder(store, manifest);
    long masks = manifest.masks();
    MaskSize size = manifest.size();
    MaskRows rows;
    if (manifest.layout() == Layout.RUNS) {
      rows = runs(folder, masks, size, arena);
    } else {
      rows = size == null ? ragged(folder, masks, arena) : uniform(folder, masks, size, arena);
    }
    folder.check(StoreFiles.CRC32, "<u4", masks);
    Names names =
        new Names(
            folder.map(arena, StoreFiles.NAMES),
            folder.map(arena, StoreFiles.NAME_OFFSETS, "<i8", masks + 1));
    MaskSums areas =
        new MaskSums(
            folder.path(StoreFiles.AREAS), folder.map(arena, StoreFiles.AREAS, "<i8", masks + 1));
    RowSums rowSums = rowSums(folder, rows.shapes(), arena);
    Index index = new Index(manifest.id(), areas, rowSums, names);
    return new StorePart(store, rows.shapes(), rows, index, folder.maps());
  }

  private static MaskRows uniform(StoreFolder folder, long masks, MaskSize size, Arena arena)
      throws IOException {
    UniformShapes shapes = new UniformShapes(masks, size);
    long packedRows = size.packedRows();
    FileMap bits =
        folder.fileMap(arena, StoreFiles.MASKS, "|u1", masks, packedRows, (long) size.width());
    return new BitRows(bits, shapes);
  }

  private static MaskRows ragged(StoreFolder folder, long masks, Arena arena) throws IOException {
    FileMap bits =
        folder.fileMap(arena, StoreFiles.MASKS, "|u1", folder.elements(StoreFiles.MASKS, 1));
    long bytes = bits.map().byteSize();
    MemorySegment offsets = folder.map(arena, StoreFiles.OFFSETS, "<i8", masks + 1, 2L);
    RaggedShapes shapes = shapes(folder, masks, offsets, bytes, arena);
    checkEnd(folder, offsets, Layout.BITS, bytes);
    return new BitRows(bits, shapes);
  }

  private static RaggedShapes shapes(
      StoreFolder folder, long masks, MemorySegment offsets, long bytes, Arena arena)
      throws IOException {
    return new RaggedShapes(
        folder.path(""), folder.map(arena, StoreFiles.SHAPES, "<i4", masks, 2L), offsets, bytes);
  }

  private static MaskRows runs(StoreFolder folder, long masks, @Nullable MaskSize size, Arena arena)
      throws IOException {
    FileMap runs =
        folder.fileMap(arena, StoreFiles.RUNS, "|u1", folder.elements(StoreFiles.RUNS, 1));
    long bytes = runs.map().byteSize();
    MemorySegment offsets = folder.map(arena, StoreFiles.OFFSETS, "<i8", masks + 1, 2L);
    Shapes shapes =
        size == null
            ? shapes(folder, masks, offsets, bytes, arena)
            : new UniformShapes(masks, size);
    checkEnd(folder, offsets, Layout.RUNS, bytes);
    FileMap starts = folder.fileMap(arena, StoreFiles.ROWS, "<u4", shapes.packedRows());
    return new RunRows(folder.path(""), shapes, runs, starts, offsets);
  }

  /** The last pair of the offsets holds the ends. */
  private static void checkEnd(StoreFolder folder, MemorySegment offsets, Layout layout, long bytes)
      throws MaskFormatException {
    long end = offsets.get(LONG, offsets.byteSize() - 2 * Long.BYTES);
    if (end != bytes) {
      throw new MaskFormatException(
          folder.path(StoreFiles.OFFSETS),
          "ends at byte %d, and %s has %d; copy the store again"
              .formatted(end, layout.file(), bytes));
    }
  }

  private static RowSums rowSums(StoreFolder folder, Shapes shapes, Arena arena)
      throws IOException {
    String type;
    MemorySegment sums;
    switch (shapes) {
      case UniformShapes uniform -> {
        MaskSize size = uniform.size();
        type = size.needsWideCounts() ? "<u8" : "<u4";
        long rows = size.packedRows();
        sums = folder.map(arena, StoreFiles.FOREGROUND, type, uniform.masks(), rows);
      }
      case RaggedShapes ragged -> {
        long rows = ragged.packedRows();
        type = folder.countType(rows);
        sums = folder.map(arena, StoreFiles.FOREGROUND, type, rows);
      }
    }
    return new RowSums(folder.path(StoreFiles.FOREGROUND), sums, type.equals("<u8"));
  }

  /** The sums over the masks. A bare array has none. */
  MaskSums areas() {
    return Objects.requireNonNull(index).areas();
  }

  /** Foreground pixels of a mask, from the index where there is one. */
  long area(long mask) {
    Index known = index;
    if (known == null) {
      return rows.count(mask, 0, 0, shapes.height(mask), shapes.width(mask));
    }
    return known.areas().of(mask);
  }

  /** Foreground pixels of a rectangle: a look-up where the sums have it. */
  long count(long mask, int y, int x, int height, int width) {
    int end = y + height;
    boolean wholeRows = (y & 7) == 0 && ((end & 7) == 0 || end == shapes.height(mask));
    if (wholeRows && index != null && width == shapes.width(mask)) {
      return count(mask, y >>> 3, MaskSize.packedRows(end));
    }
    return rows.count(mask, y, x, height, width);
  }

  /** Foreground pixels in packed rows {@code from} to {@code to} of a mask, the last excluded. */
  long count(long mask, int from, int to) {
    Index known = index;
    if (known != null) {
      return known.rowSums().between(shapes.firstRow(mask), from, to);
    }
    int y = 8 * from;
    int height = (int) Math.min(8L * to, shapes.height(mask)) - y;
    return height <= 0 ? 0 : rows.count(mask, y, 0, height, shapes.width(mask));
  }

  /**
   * Where a mask's n-th foreground pixel is, packed row by packed row and in each column by column.
   *
   * @param n at least 0 and below the mask's area
   * @return {@code y * width + x}
   */
  long select(long mask, long n) {
    int height = shapes.height(mask);
    int packedRows = MaskSize.packedRows(height);
    int row;
    long left = n;
    Index known = index;
    if (known != null) {
      long first = shapes.firstRow(mask);
      row = known.rowSums().rowOf(first, packedRows, n);
      left -= known.rowSums().before(first, row);
    } else {
      row = 0;
      for (long here; row < packedRows - 1 && (here = count(mask, row, row + 1)) <= left; row++) {
        left -= here;
      }
    }
    long place = left < 0 ? -1 : rows.selectInRow(mask, row, Math.min(8, height - 8 * row), left);
    if (place >= 0) {
      return (8L * row + (place & 7)) * shapes.width(mask) + (place >>> 3);
    }
    String what = "mask %d has no foreground pixel %d in packed row %d".formatted(mask, n, row);
    throw known != null ? known.rowSums().damaged(what) : new IllegalStateException(what);
  }
}
