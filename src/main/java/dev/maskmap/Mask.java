package dev.maskmap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.internal.files.MapFaults;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SequenceLayout;
import java.util.BitSet;

/**
 * One mask of a store: bits addressed by row and column. A view, cheap to make; it reads through
 * its store, shares the store's thread-safety, and fails as the store does once that is closed.
 *
 * <p>Every method that reads throws {@link IllegalStateException} if the store is closed and {@link
 * MaskAccessException} if its file was cut short.
 */
public final class Mask {
  private final MaskStore store;
  private final long index;
  private final StorePart part;

  /** The mask's index in its part. */
  private final long local;

  Mask(MaskStore store, long index, StorePart part, long local) {
    this.store = store;
    this.index = index;
    this.part = part;
    this.local = local;
  }

  /** The mask's place in its store. */
  public long index() {
    return index;
  }

  /** As {@link MaskStore#name}. */
  public String name() {
    return store.name(index);
  }

  /** Pixel rows. */
  public int height() {
    return height(store, part, local);
  }

  /** The same without a view, which would be an object. */
  static int height(MaskStore store, StorePart part, long local) {
    try {
      int height = part.shapes().height(local);
      MapFaults.settle();
      return height;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /** Columns. */
  public int width() {
    return width(store, part, local);
  }

  /** The same without a view. */
  static int width(MaskStore store, StorePart part, long local) {
    try {
      int width = part.shapes().width(local);
      MapFaults.settle();
      return width;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /**
   * Whether the pixel in row {@code y}, column {@code x} is foreground.
   *
   * @throws IndexOutOfBoundsException if it lies outside the mask
   */
  public boolean get(int y, int x) {
    try {
      Bounds.checkPixel(store, index, part.shapes(), local, y, x);
      boolean on = part.rows().get(local, y, x);
      MapFaults.settle();
      return on;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /** Foreground pixels of the whole mask: from the store's index, or counted for a bare array. */
  public long count() {
    return count(store, part, local);
  }

  /** The same without a view. */
  static long count(MaskStore store, StorePart part, long local) {
    try {
      long count = part.area(local);
      MapFaults.settle();
      return count;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /**
   * Foreground pixels of a rectangle. Where it takes all columns and whole packed rows (from a
   * multiple of 8 to a multiple of 8, or to the last pixel row) of a mask in a store, a look-up.
   *
   * @throws IndexOutOfBoundsException if it leaves the mask
   */
  public long count(Region region) {
    return count(
        store, part, index, local, region.y(), region.x(), region.height(), region.width());
  }

  /** The same without a view. */
  static long count(
      MaskStore store,
      StorePart part,
      long index,
      long local,
      int y,
      int x,
      int height,
      int width) {
    try {
      Bounds.checkPatch(store, index, part.shapes(), local, y, x, height, width);
      long count = part.count(local, y, x, height, width);
      MapFaults.settle();
      return count;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /**
   * Foreground pixels in the packed rows before {@code row}, that is in pixel rows 0 to {@code 8 *
   * row}, the last excluded: a look-up in a store; a bare array is counted.
   *
   * @param row 0 to {@code ceil(height / 8)}
   * @throws IndexOutOfBoundsException if there is no such packed row
   */
  public long foregroundBefore(int row) {
    try {
      int rows = MaskSize.packedRows(part.shapes().height(local));
      if (row < 0 || row > rows) {
        throw new IndexOutOfBoundsException(
            "packed row %d of mask %d: expected 0 to %d".formatted(row, index, rows));
      }
      long count = part.count(local, 0, row);
      MapFaults.settle();
      return count;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /**
   * The position of the mask's n-th foreground pixel in packed order: packed row by packed row
   * (eight pixel rows each), in each of them column by column, in each column from top to bottom.
   * With n uniform below {@link #count()}, every foreground pixel comes equally often.
   *
   * <p>A store finds the packed row by its running sums, in the logarithm of their number, and then
   * looks through that one; of a bare array all packed rows up to it are counted. Allocates
   * nothing.
   *
   * @param n 0 or more, below {@link #count()}
   * @return {@code y * width + x}, as {@link #nextForeground} gives positions
   * @throws IndexOutOfBoundsException if the mask has no such foreground pixel
   */
  public long select(long n) {
    return select(store, part, index, local, n);
  }

  /** The same without a view. */
  static long select(MaskStore store, StorePart part, long index, long local, long n) {
    try {
      long area = part.area(local);
      if (n < 0 || n >= area) {
        throw new IndexOutOfBoundsException(
            "foreground pixel %d of mask %d: it has %d".formatted(n, index, area));
      }
      long position = part.select(local, n);
      MapFaults.settle();
      return position;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /**
   * The first foreground pixel at or after a position, in reading order, as {@link
   * BitSet#nextSetBit} gives it: positions are {@code y * width + x}.
   *
   * <pre>{@code
   * for (long p = mask.nextForeground(0); p >= 0; p = mask.nextForeground(p + 1)) {
   *   int y = (int) (p / mask.width()), x = (int) (p % mask.width());
   * }
   * }</pre>
   *
   * @param from 0 to {@code height * width}
   * @return the position, or -1 if there is none
   * @throws IndexOutOfBoundsException if {@code from} is negative or behind the mask's end
   */
  public long nextForeground(long from) {
    int width = width();
    int height = height();
    if (from < 0 || from > (long) height * width) {
      throw new IndexOutOfBoundsException(
          "position %d of mask %d: expected 0 to %d".formatted(from, index, (long) height * width));
    }
    try {
      int found = -1;
      int x = (int) (from % width);
      int y = (int) (from / width);
      for (; y < height && found < 0; y++, x = 0) {
        found = part.rows().nextInRow(local, y, x);
      }
      MapFaults.settle();
      return found < 0 ? -1 : (y - 1L) * width + found;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /**
   * The mask's packed rows: a read-only slice of the store's map, valid until the store is closed;
   * of the layout {@link Layout#RUNS} a read-only copy, made now and freed by the garbage
   * collector. Bit {@code 7 - y % 8} of byte {@code (y / 8) * width + x} is the pixel {@code (y,
   * x)}. With {@link #packedLayout} a {@code VarHandle} addresses it:
   *
   * <pre>{@code
   * VarHandle bytes = mask.packedLayout().varHandle(sequenceElement(), sequenceElement());
   * MemorySegment packed = mask.packed();
   * boolean on = ((byte) bytes.get(packed, 0L, (long) y / 8, (long) x) & 0x80 >>> y % 8) != 0;
   * }</pre>
   *
   * <p>The last packed row may hold bits past the height: zero in a store, anything in a bare
   * array. Reads of this segment meet a file that was cut short on their own: scalar ones throw
   * {@link InternalError}, vector loads may end the process. The store's own methods do neither.
   */
  public MemorySegment packed() {
    try {
      MemorySegment packed = part.rows().packed(local);
      MapFaults.settle();
      return packed;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /** Height and width, once the mask is known to be so large. */
  MaskSize checkedSize() {
    try {
      part.rows().checkSize(local);
      MaskSize size = part.shapes().size(local);
      MapFaults.settle();
      return size;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /** Copies the packed rows; a file cut short is left to the caller, who knows what it was for. */
  void copyPacked(byte[] dst) {
    try {
      part.rows().copyPacked(local, MemorySegment.ofArray(dst));
    } catch (IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /** The layout of {@link #packed}: {@code ceil(height / 8)} packed rows of {@code width} bytes. */
  public SequenceLayout packedLayout() {
    SequenceLayout row = MemoryLayout.sequenceLayout(width(), JAVA_BYTE);
    return MemoryLayout.sequenceLayout((height() + 7L) / 8, row);
  }

  /**
   * All pixels as new bytes 0 and 1, row after row.
   *
   * @throws IllegalStateException if an array cannot hold them: read patches instead
   */
  public byte[] toBytes() {
    byte[] pixels = new byte[arraySize()];
    MemorySegment dst = MemorySegment.ofArray(pixels);
    store.read(index, 0, 0, height(), width(), PixelType.UINT8, dst, 0);
    return pixels;
  }

  /**
   * All pixels as a new set of the positions {@code y * width + x} of foreground pixels.
   *
   * @throws IllegalStateException if positions exceed an int: read patches instead
   */
  public BitSet toBitSet() {
    BitSet set = new BitSet(arraySize());
    for (long p = nextForeground(0); p >= 0; p = nextForeground(p + 1)) {
      set.set((int) p);
    }
    return set;
  }

  private int arraySize() {
    long pixels = (long) height() * width();
    if (pixels > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "mask %d has %d pixels, more than an array holds; read patches".formatted(index, pixels));
    }
    return (int) pixels;
  }

  /** Says which mask of which store this is. */
  @Override
  public String toString() {
    return "mask %d of %s".formatted(index, store.path());
  }
}
