package dev.maskmap;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Masks of different sizes, as {@code shapes.npy} and {@code offsets.npy} list them. Both are
 * mapped. What is read from them becomes an address, so it is checked at every use.
 */
final class RaggedShapes implements Shapes {
  /** Each mask begins at a multiple of so many bytes: a cache line. */
  static final int ALIGNMENT = 64;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path store;
  private final MemorySegment shapes;
  private final MemorySegment offsets;
  private final long bytes;

  /**
   * @param shapes height and width of each mask
   * @param offsets first byte and first packed row of each mask, then the ends
   * @param bytes of all packed rows
   */
  RaggedShapes(Path store, MemorySegment shapes, MemorySegment offsets, long bytes) {
    this.store = store;
    this.shapes = shapes;
    this.offsets = offsets;
    this.bytes = bytes;
  }

  @Override
  public long masks() {
    return shapes.byteSize() / (2 * Integer.BYTES);
  }

  @Override
  public int height(long mask) {
    return side(mask, 2 * mask);
  }

  @Override
  public int width(long mask) {
    return side(mask, 2 * mask + 1);
  }

  private int side(long mask, long at) {
    int pixels = shapes.getAtIndex(INT, at);
    if (pixels < 1) {
      throw damaged(StoreFiles.SHAPES, "mask %d has a side of %d pixels".formatted(mask, pixels));
    }
    return pixels;
  }

  @Override
  public long start(long mask) {
    long start = offsets.getAtIndex(LONG, 2 * mask);
    long length = (long) MaskSize.packedRows(height(mask)) * width(mask);
    if (start < 0 || length > bytes - start) {
      throw damaged(
          StoreFiles.OFFSETS,
          "mask %d has %d bytes from byte %d on, and %s has %d"
              .formatted(mask, length, start, StoreFiles.MASKS, bytes));
    }
    return start;
  }

  @Override
  public long firstRow(long mask) {
    long first = offsets.getAtIndex(LONG, 2 * mask + 1);
    int rows = MaskSize.packedRows(height(mask));
    if (first < 0 || rows > packedRows() - first) {
      throw damaged(
          StoreFiles.OFFSETS,
          "mask %d has %d packed rows from %d on, and all masks have %d"
              .formatted(mask, rows, first, packedRows()));
    }
    return first;
  }

  /** By the last entry of the offsets. */
  @Override
  public long packedRows() {
    return offsets.getAtIndex(LONG, 2 * masks() + 1);
  }

  private IllegalStateException damaged(String file, String what) {
    return Damage.of(store.resolve(file), what);
  }

  static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
