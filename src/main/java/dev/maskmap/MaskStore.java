package dev.maskmap;

import dev.maskmap.internal.files.MapFaults;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Binary masks in a memory map, one bit a pixel; any patch of any mask as a tensor.
 *
 * <p>A store is opened from a folder that {@link MaskStoreWriter} wrote (one store, or a data set
 * of several, whose masks are numbered through), from a NPY file packed down the columns as {@code
 * numpy.packbits(mask, axis=-2)} packs, or from a headerless file of the same bytes. Opening maps
 * the files and reads none of the masks. The format is described in {@code docs/format.md}.
 *
 * <p>A store is immutable and safe for any number of threads. It owns its maps: {@link #close}
 * unmaps them, after which every read throws {@link IllegalStateException}, also in threads that
 * were reading. Closing stops all threads of the process for a moment, so keep one store open
 * rather than opening one a patch.
 *
 * <p>The files must not be changed while they are mapped; stores of this library never are. Where a
 * file is cut short all the same, or its disk fails, reads throw {@link MaskAccessException}.
 */
public final class MaskStore implements AutoCloseable {
  private final Path path;
  private final Arena arena;
  private final String id;
  private final StorePart[] parts;

  /** The index of each part's first mask, and the number of all masks behind the last. */
  private final long[] firsts;

  MaskStore(Path path, Arena arena, String id, List<StorePart> parts) {
    this.path = path;
    this.arena = arena;
    this.id = id;
    this.parts = parts.toArray(StorePart[]::new);
    this.firsts = new long[this.parts.length + 1];
    for (int p = 0; p < this.parts.length; p++) {
      firsts[p + 1] = firsts[p] + this.parts[p].shapes().masks();
    }
  }

  /**
   * Opens a store folder, or a NPY file of bytes packed down the columns: {@code (packed rows,
   * width)} for one mask, {@code (masks, packed rows, width)} for many. The masks of a NPY file are
   * taken to be 8 times the packed rows high; {@link #openPacked} takes another height.
   *
   * @throws MaskFormatException if it is neither, is damaged, or was written by a newer version;
   *     also if a NPY file looks like unpacked pixels: its type is {@code |b1}, or its values (up
   *     to 4 MiB of them, evenly spread) are all 0 or 1
   * @throws IOException if it cannot be read or mapped
   */
  public static MaskStore open(Path path) throws IOException {
    return StoreOpener.open(path);
  }

  /**
   * Opens several stores or data sets as one: their masks are numbered through, in the order of the
   * list. All stay mapped until it is closed. It has the id of a data set of the same parts; names
   * may come twice, and {@link #indexOf} finds the first.
   *
   * @throws IllegalArgumentException if the list is empty
   * @throws MaskFormatException if one is a bare array, is damaged, or was written by a newer
   *     version
   * @throws IOException if one cannot be read or mapped; where there are more maps than the system
   *     gives a process, the message names what raises that
   */
  public static MaskStore openAll(List<Path> stores) throws IOException {
    return StoreOpener.openAll(stores);
  }

  /**
   * As {@link #openAll(List)}, of the stores in a folder whose names match, in the order of their
   * names.
   *
   * @param glob such as {@code train-*.masks}; see {@link java.nio.file.FileSystem#getPathMatcher}
   * @throws MaskFormatException as {@link #openAll(List)}
   * @throws IOException as {@link #openAll(List)}; also if no name matches
   */
  public static MaskStore openAll(Path folder, String glob) throws IOException {
    return StoreOpener.openAll(folder, glob);
  }

  /**
   * Opens a NPY file of bytes packed down the columns whose masks are {@code height} pixel rows
   * high. Bits past the height are ignored. The array is not asked whether it looks packed.
   *
   * @throws MaskFormatException if the file is no such array, or its packed rows are not {@code
   *     ceil(height / 8)}
   * @throws IllegalArgumentException if {@code height} is below 1
   * @throws IOException if it cannot be read or mapped
   */
  public static MaskStore openPacked(Path npy, int height) throws IOException {
    return StoreOpener.openPacked(npy, height);
  }

  /**
   * Opens a headerless file of masks packed down the columns, as {@code numpy.memmap} writes them:
   * {@code ceil(height / 8)} packed rows of {@code width} bytes a mask, one mask after the other.
   * Bytes behind the last mask, and bits past the height, are ignored.
   *
   * @param offset byte at which the first mask starts
   * @throws MaskFormatException if the file is shorter than that
   * @throws IllegalArgumentException if a number is out of range
   * @throws IOException if it cannot be read or mapped
   */
  public static MaskStore openRaw(Path file, long offset, long masks, int height, int width)
      throws IOException {
    return StoreOpener.openRaw(file, offset, masks, height, width);
  }

  /**
   * Whether a folder is a store or a data set: it holds the document of one. Nothing else is
   * checked.
   */
  public static boolean isStore(Path folder) {
    return Files.isRegularFile(folder.resolve(StoreFiles.MANIFEST)) || DataSet.isAt(folder);
  }

  /** The folder or file that was opened; of several, the first. */
  public Path path() {
    return path;
  }

  /** How the store holds its packed rows; of a data set, how its first part does. */
  public Layout layout() {
    return parts[0].rows() instanceof RunRows ? Layout.RUNS : Layout.BITS;
  }

  /** 32 hexadecimal digits derived from the store's content; empty for a bare array. */
  public String id() {
    return id;
  }

  /** The stores of which this is made, in order; of a plain store or array its own path alone. */
  public List<Path> parts() {
    return Arrays.stream(parts).map(StorePart::path).toList();
  }

  /** Number of masks, at least 1. */
  public long size() {
    return firsts[parts.length];
  }

  /** Whether all masks are known to have one height and one width. */
  public boolean isUniform() {
    for (StorePart part : parts) {
      if (!(part.shapes() instanceof UniformShapes here
          && parts[0].shapes() instanceof UniformShapes first
          && here.size().equals(first.size()))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Pixel rows of a mask.
   *
   * @throws IndexOutOfBoundsException if there is no such mask
   * @throws IllegalStateException if the store is closed, or its list of sizes damaged
   * @throws MaskAccessException if the file was cut short
   */
  public int height(long mask) {
    int p = partOf(mask);
    return Mask.height(this, parts[p], mask - firsts[p]);
  }

  /**
   * Columns of a mask.
   *
   * @throws IndexOutOfBoundsException as {@link #height}
   * @throws IllegalStateException as {@link #height}
   * @throws MaskAccessException as {@link #height}
   */
  public int width(long mask) {
    int p = partOf(mask);
    return Mask.width(this, parts[p], mask - firsts[p]);
  }

  /** Whether the masks have names; those of bare arrays have none. */
  public boolean hasNames() {
    return parts[0].index() != null;
  }

  /**
   * The name of a mask, or its index in decimal digits where the store has no names.
   *
   * @throws IndexOutOfBoundsException if there is no such mask
   * @throws IllegalStateException if the store is closed, or its names are damaged
   * @throws MaskAccessException if the file was cut short
   */
  public String name(long mask) {
    int p = partOf(mask);
    StorePart.Index index = parts[p].index();
    if (index == null) {
      return Long.toString(mask);
    }
    try {
      String name = index.names().name(mask - firsts[p]);
      MapFaults.settle();
      return name;
    } catch (InternalError | IllegalStateException e) {
      throw failed(e, parts[p]);
    }
  }

  /**
   * The index of the mask so named, or -1. Reads the names from the first on: keep the answer.
   *
   * @throws IllegalStateException if the store is closed
   * @throws MaskAccessException if the file was cut short
   */
  public long indexOf(String name) {
    for (int p = 0; p < parts.length; p++) {
      StorePart.Index index = parts[p].index();
      if (index == null) {
        return -1;
      }
      try {
        long mask = index.names().indexOf(name);
        MapFaults.settle();
        if (mask >= 0) {
          return firsts[p] + mask;
        }
      } catch (InternalError | IllegalStateException e) {
        throw failed(e, parts[p]);
      }
    }
    return -1;
  }

  /**
   * A view of one mask: no pixel is copied, and it reads through this store.
   *
   * @throws IndexOutOfBoundsException if there is no such mask
   */
  public Mask mask(long mask) {
    int p = partOf(mask);
    return new Mask(this, mask, parts[p], mask - firsts[p]);
  }

  int partCount() {
    return parts.length;
  }

  StorePart part(int p) {
    return parts[p];
  }

  /** The index of a part's first mask. */
  long firstOf(int p) {
    return firsts[p];
  }

  /** The part that holds a mask. */
  int partOf(long mask) {
    Bounds.checkMask(this, mask);
    if (parts.length == 1) {
      return 0;
    }
    int p = Arrays.binarySearch(firsts, mask);
    return p >= 0 ? p : -p - 2;
  }

  /**
   * Writes a patch as a dense tensor of shape {@code (height, width)}, for {@link PixelType#PACKED}
   * {@code (ceil(height / 8), width)}. Equal to the method with a row stride of {@code
   * type.rowBytes(width)}.
   */
  public void read(
      long mask,
      int y,
      int x,
      int height,
      int width,
      PixelType type,
      MemorySegment dst,
      long offset) {
    read(mask, y, x, height, width, type, dst, offset, type.rowBytes(width));
  }

  /**
   * Writes the pixels in rows {@code y} to {@code y + height} and columns {@code x} to {@code x +
   * width} of a mask, ends excluded, into memory of the caller. Allocates nothing.
   *
   * <p>The destination may be native, mapped or heap memory of any alignment. Native memory is the
   * fastest, and mapped memory as fast while one segment of whole longs is written again and again;
   * heap memory costs one more copy. No byte outside the rows is touched, so that rows of a batch
   * or of a padded tensor can be written in place.
   *
   * @param offset byte of {@code dst} where the first row starts
   * @param rowStride bytes from the start of one row to the next (of one packed row, for {@link
   *     PixelType#PACKED})
   * @throws IndexOutOfBoundsException if there is no such mask, the patch leaves it, or the
   *     destination is too small
   * @throws IllegalArgumentException if a side is below 1, rows would overlap, or the destination
   *     is read-only
   * @throws IllegalStateException if the store, or the destination's arena, is closed
   * @throws WrongThreadException if the destination is confined to another thread
   * @throws MaskAccessException if the file was cut short; the destination is then undefined
   */
  public void read(
      long mask,
      int y,
      int x,
      int height,
      int width,
      PixelType type,
      MemorySegment dst,
      long offset,
      long rowStride) {
    int p = partOf(mask);
    StorePart part = parts[p];
    long local = mask - firsts[p];
    try {
      Bounds.checkPatch(this, mask, part.shapes(), local, y, x, height, width);
      Bounds.checkDestination(dst, offset, type.rows(height), type.rowBytes(width), rowStride);
      part.rows().willRead(local, y, x, height, width);
      MemorySegment plain = dst;
      if (!dst.isNative()) {
        plain = null;
      } else if (dst.isMapped()) {
        plain = NativeView.of(dst);
      }
      if (plain != null) {
        part.rows().read(local, y, x, height, width, type, plain, offset, rowStride);
      } else {
        part.rows().readThroughScratch(local, y, x, height, width, type, dst, offset, rowStride);
      }
      MapFaults.settle();
    } catch (InternalError | IllegalStateException e) {
      throw failed(e, part);
    }
  }

  /**
   * Has the system begin to read a patch into memory and does not wait for it, so that a {@link
   * #read} that follows a little later need not wait either. A read says so itself, of its own
   * patch; this is for patches further ahead, on a disk that serves several at once. Does nothing
   * where all seems to be in memory, or the system takes no such advice. Allocates nothing.
   *
   * @throws IndexOutOfBoundsException if there is no such mask, or the patch leaves it
   * @throws IllegalArgumentException if a side is below 1
   * @throws IllegalStateException if the store is closed, or its index damaged
   * @throws MaskAccessException if the file was cut short
   */
  public void prefetch(long mask, int y, int x, int height, int width) {
    int p = partOf(mask);
    StorePart part = parts[p];
    long local = mask - firsts[p];
    try {
      StoreMemory.checkOpen(arena);
      Bounds.checkPatch(this, mask, part.shapes(), local, y, x, height, width);
      part.rows().willRead(local, y, x, height, width);
      MapFaults.settle();
    } catch (InternalError | IllegalStateException e) {
      throw failed(e, part);
    }
  }

  /**
   * Reads the whole store into memory, from front to back, so that no read waits for the disk. On a
   * store that is there already it takes a moment. Returns early where the thread is interrupted,
   * and leaves it interrupted.
   *
   * @return what is in memory afterwards: less than all where the system has no room
   * @throws IllegalStateException if the store is closed
   * @throws MaskAccessException if a file was cut short
   */
  public Residency warm() {
    return warm(bytes -> {});
  }

  /**
   * As {@link #warm()}.
   *
   * @param progress is told how many bytes were reached, of {@link Residency#bytes}, on this thread
   * @throws IllegalStateException if the store is closed
   * @throws MaskAccessException if a file was cut short
   */
  public Residency warm(LongConsumer progress) {
    return StoreMemory.warm(this, arena, parts, progress);
  }

  /**
   * How much of the store is in memory at this moment.
   *
   * @throws IllegalStateException if the store is closed
   */
  public Residency residency() {
    return StoreMemory.residency(this, arena, parts);
  }

  /**
   * What a failed access to the maps means; errors that are not about them come back as they are.
   */
  RuntimeException failed(Throwable e, StorePart part) {
    if (e instanceof InternalError) {
      return new MaskAccessException(part.path(), e);
    }
    if (!arena.scope().isAlive()) {
      return new IllegalStateException(path + ": the store is closed", e);
    }
    return (RuntimeException) e;
  }

  /** Unmaps the store. Closing it again has no effect. */
  @Override
  public synchronized void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
