package dev.maskmap.sample;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.maskmap.MaskStoreWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Puts patches back where they were drawn from, one mask at a time: what a model predicted for the
 * patches of a {@link Sampling#grid grid} becomes a mask, or a map of numbers, of the mask's size.
 *
 * <pre>{@code
 * try (Stitcher stitcher = Stitcher.ofFloats(256, 256, Stitcher.Overlap.MEAN)) {
 *   stitcher.begin(store.height(mask), store.width(mask));
 *   stitcher.add(predicted, offset, y, x); // for each patch of the mask
 *   stitcher.write(writer, store.name(mask), 0.5f);
 * }
 * }</pre>
 *
 * <p>What of a patch lies behind the mask's last row or column, where a mask is smaller than the
 * patch, is cut off. Pixels on which no patch lies are 0.
 *
 * <p>The memory is native, a byte a pixel for masks, 4 for floats and 8 for means; it is kept from
 * mask to mask, and {@link #close} frees it. For one thread at a time, which need not be always the
 * same.
 */
public final class Stitcher implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final int patchHeight;
  private final int patchWidth;
  private final Overlap overlap;
  private final boolean floats;
  private Arena arena = Arena.ofShared();
  private MemorySegment pixels = MemorySegment.NULL;

  /** How many patches lie on each pixel, where a mean is taken. */
  private MemorySegment counts = MemorySegment.NULL;

  private int height;
  private int width;
  private boolean finished;

  /** What becomes of a pixel on which several patches lie. */
  public enum Overlap {
    /** The patch that was added last counts. */
    LAST,
    /** Foreground in any of the patches is foreground; of masks only. */
    OR,
    /** The mean of the patches' numbers; of floats only. */
    MEAN
  }

  private Stitcher(int patchHeight, int patchWidth, Overlap overlap, boolean floats) {
    Patch patch = new Patch(patchHeight, patchWidth);
    this.patchHeight = patch.height();
    this.patchWidth = patch.width();
    this.overlap = overlap;
    this.floats = floats;
  }

  /**
   * Stitches masks from patches of a byte a pixel, as {@link dev.maskmap.PixelType#UINT8}: 0 is
   * background.
   *
   * @param overlap {@code LAST} or {@code OR}
   * @throws IllegalArgumentException if it is another, or a side is below 1
   */
  public static Stitcher ofMasks(int patchHeight, int patchWidth, Overlap overlap) {
    if (overlap == Overlap.MEAN) {
      throw new IllegalArgumentException("masks have no MEAN; expected LAST or OR, or ofFloats");
    }
    return new Stitcher(patchHeight, patchWidth, overlap, false);
  }

  /**
   * Stitches maps of numbers from patches of a float a pixel, as {@link
   * dev.maskmap.PixelType#FLOAT32}.
   *
   * @param overlap {@code LAST} or {@code MEAN}
   * @throws IllegalArgumentException if it is another, or a side is below 1
   */
  public static Stitcher ofFloats(int patchHeight, int patchWidth, Overlap overlap) {
    if (overlap == Overlap.OR) {
      throw new IllegalArgumentException("floats have no OR; expected LAST or MEAN, or ofMasks");
    }
    return new Stitcher(patchHeight, patchWidth, overlap, true);
  }

  /**
   * Begins a mask: all of it is 0, and what was stitched before is gone.
   *
   * @throws IllegalArgumentException if a side is below 1
   * @throws IllegalStateException if this is closed
   * @throws OutOfMemoryError if there is not enough native memory
   */
  public void begin(int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a mask of %d x %d pixels (height x width): expected 1 or more".formatted(height, width));
    }
    checkOpen();
    long all = (long) height * width;
    long bytes = floats ? all * Float.BYTES : all;
    if (pixels.byteSize() < bytes) {
      grow(bytes);
    }
    this.height = height;
    this.width = width;
    finished = false;
    clear(pixels, bytes);
    clear(counts, overlap == Overlap.MEAN ? bytes : 0);
  }

  @SuppressWarnings("MustBeClosedChecker") // close() closes it
  private void grow(long bytes) {
    height = 0;
    pixels = MemorySegment.NULL;
    arena.close();
    arena = Arena.ofShared();
    counts = overlap == Overlap.MEAN ? arena.allocate(bytes, ALIGNMENT) : MemorySegment.NULL;
    pixels = arena.allocate(bytes, ALIGNMENT);
  }

  private static void clear(MemorySegment memory, long bytes) {
    memory.asSlice(0, bytes).fill((byte) 0);
  }

  /**
   * Lays a patch where it belongs.
   *
   * @param patches in any memory; only read during the call
   * @param offset the byte at which the patch begins, whose rows follow one another
   * @param y the patch's first pixel row in the mask, as {@link Place#y}
   * @param x its first column
   * @throws IndexOutOfBoundsException if the patch begins outside of the mask, or leaves {@code
   *     patches}
   * @throws IllegalStateException if no mask was begun, a mean was asked for already, or this is
   *     closed
   */
  public void add(MemorySegment patches, long offset, int y, int x) {
    checkBegun();
    if (finished) {
      throw new IllegalStateException("the means are made; begin the next mask");
    }
    if (y < 0 || y >= height || x < 0 || x >= width) {
      throw new IndexOutOfBoundsException(
          "a patch at y %d, x %d of a mask of %d x %d pixels (height x width)"
              .formatted(y, x, height, width));
    }
    long rowBytes = (long) patchWidth * (floats ? Float.BYTES : 1);
    long bytes = patchHeight * rowBytes;
    if (offset < 0 || offset > patches.byteSize() - bytes) {
      throw new IndexOutOfBoundsException(
          "a patch of %d bytes at byte %d of %d".formatted(bytes, offset, patches.byteSize()));
    }
    int rows = Math.min(patchHeight, height - y);
    int columns = Math.min(patchWidth, width - x);
    for (int r = 0; r < rows; r++) {
      addRow(patches, offset + r * rowBytes, (long) (y + r) * width + x, columns);
    }
  }

  private void addRow(MemorySegment patches, long from, long to, int columns) {
    switch (overlap) {
      case LAST -> {
        long each = floats ? Float.BYTES : 1;
        MemorySegment.copy(patches, from, pixels, to * each, columns * each);
      }
      case OR -> {
        for (int i = 0; i < columns; i++) {
          if (patches.get(JAVA_BYTE, from + i) != 0) {
            pixels.set(JAVA_BYTE, to + i, (byte) 1);
          }
        }
      }
      case MEAN -> {
        for (int i = 0; i < columns; i++) {
          float value = patches.get(JAVA_FLOAT_UNALIGNED, from + (long) i * Float.BYTES);
          pixels.setAtIndex(JAVA_FLOAT, to + i, pixels.getAtIndex(JAVA_FLOAT, to + i) + value);
          counts.setAtIndex(JAVA_INT, to + i, counts.getAtIndex(JAVA_INT, to + i) + 1);
        }
      }
    }
  }

  /**
   * What was stitched: {@code height * width} bytes or floats, row by row. It is this object's
   * memory, valid until the next {@link #begin} or {@link #close}. A mean is taken here, and takes
   * no more patches.
   *
   * @throws IllegalStateException if no mask was begun, or this is closed
   */
  public MemorySegment result() {
    checkBegun();
    long all = (long) height * width;
    if (overlap == Overlap.MEAN && !finished) {
      for (long i = 0; i < all; i++) {
        int count = counts.getAtIndex(JAVA_INT, i);
        if (count > 1) {
          pixels.setAtIndex(JAVA_FLOAT, i, pixels.getAtIndex(JAVA_FLOAT, i) / count);
        }
      }
    }
    finished = overlap == Overlap.MEAN;
    return pixels.asSlice(0, floats ? all * Float.BYTES : all);
  }

  /**
   * Adds the stitched mask to a store.
   *
   * @throws IllegalArgumentException if this stitches floats, or as {@link
   *     MaskStoreWriter#add(String, int, int, MemorySegment, long)}
   * @throws IllegalStateException as {@link #result}; also as the writer's method
   * @throws IOException as the writer's method
   */
  public void write(MaskStoreWriter writer, String name) throws IOException {
    if (floats) {
      throw new IllegalArgumentException("floats become a mask by a threshold; give one");
    }
    writer.add(name, height, width, result(), width);
  }

  /**
   * Adds a mask to a store whose foreground is where the stitched numbers are {@code threshold} or
   * more. Takes a byte a pixel more meanwhile.
   *
   * @throws IllegalArgumentException if this stitches masks, or as {@link
   *     MaskStoreWriter#add(String, int, int, MemorySegment, long)}
   * @throws IllegalStateException as {@link #result}; also as the writer's method
   * @throws IOException as the writer's method
   */
  public void write(MaskStoreWriter writer, String name, float threshold) throws IOException {
    if (!floats) {
      throw new IllegalArgumentException("masks have no threshold; write them without");
    }
    MemorySegment numbers = result();
    try (Arena meanwhile = Arena.ofConfined()) {
      MemorySegment mask = meanwhile.allocate((long) height * width);
      for (long i = 0; i < mask.byteSize(); i++) {
        mask.set(JAVA_BYTE, i, (byte) (numbers.getAtIndex(JAVA_FLOAT, i) >= threshold ? 1 : 0));
      }
      writer.add(name, height, width, mask, width);
    }
  }

  private void checkBegun() {
    checkOpen();
    if (height == 0) {
      throw new IllegalStateException("no mask was begun");
    }
  }

  private void checkOpen() {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("the stitcher is closed");
    }
  }

  /** Frees the memory. Closing it again has no effect. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
