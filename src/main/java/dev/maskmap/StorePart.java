package dev.maskmap;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One store folder, or one bare array, as it is mapped: all of a plain {@link MaskStore}, or a
 * piece of a data set.
 *
 * @param path the folder or file
 * @param rows the pixels
 * @param index what a store has beyond its pixels; a bare array has none
 */
record StorePart(Path path, Shapes shapes, MaskRows rows, @Nullable Index index) {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * @param id of the store
   * @param areas running sums of foreground over the masks, mapped
   */
  record Index(String id, MemorySegment areas, MaskNames names) {}

  /** A part without index: all that is known of it are its pixels. */
  static StorePart bare(Path file, UniformShapes shapes, MemorySegment bits) {
    return new StorePart(file, shapes, new BitRows(bits, shapes), null);
  }

  /** Maps a store folder into an arena. */
  static StorePart map(Path store, Manifest manifest, Arena arena) throws IOException {
    StoreFolder folder = new StoreFolder(store, manifest);
    long masks = manifest.masks();
    MaskSize size = manifest.size();
    MaskRows rows =
        size == null ? ragged(folder, masks, arena) : uniform(folder, masks, size, arena);
    folder.check(StoreFiles.CRC32, "<u4", masks);
    MaskNames names =
        new MaskNames(
            folder.map(arena, StoreFiles.NAMES),
            folder.map(arena, StoreFiles.NAME_OFFSETS, "<i8", masks + 1));
    MemorySegment areas = folder.map(arena, StoreFiles.AREAS, "<i8", masks + 1);
    return new StorePart(store, rows.shapes(), rows, new Index(manifest.id(), areas, names));
  }

  private static MaskRows uniform(StoreFolder folder, long masks, MaskSize size, Arena arena)
      throws IOException {
    UniformShapes shapes = new UniformShapes(masks, size);
    long packedRows = size.packedRows();
    MemorySegment bits =
        folder.map(arena, StoreFiles.MASKS, "|u1", masks, packedRows, (long) size.width());
    folder.check(StoreFiles.FOREGROUND, size.needsWideCounts() ? "<u8" : "<u4", masks, packedRows);
    return new BitRows(bits, shapes);
  }

  private static MaskRows ragged(StoreFolder folder, long masks, Arena arena) throws IOException {
    MemorySegment bits =
        folder.map(arena, StoreFiles.MASKS, "|u1", folder.elements(StoreFiles.MASKS, 1));
    RaggedShapes shapes =
        new RaggedShapes(
            folder.path(""),
            folder.map(arena, StoreFiles.SHAPES, "<i4", masks, 2L),
            folder.map(arena, StoreFiles.OFFSETS, "<i8", masks + 1, 2L),
            bits.byteSize());
    long packedRows = shapes.endRow();
    if (shapes.endByte() != bits.byteSize()) {
      throw new MaskFormatException(
          folder.path(StoreFiles.OFFSETS),
          "ends at byte %d, and %s has %d; copy the store again"
              .formatted(shapes.endByte(), StoreFiles.MASKS, bits.byteSize()));
    }
    folder.check(StoreFiles.FOREGROUND, folder.countType(packedRows), packedRows);
    return new BitRows(bits, shapes);
  }

  /** Foreground pixels of a mask, from the index where there is one. */
  long area(long mask) {
    Index known = index;
    if (known == null) {
      return rows.count(mask, 0, 0, shapes.height(mask), shapes.width(mask));
    }
    MemorySegment areas = known.areas();
    return areas.getAtIndex(LONG, mask + 1) - areas.getAtIndex(LONG, mask);
  }
}
