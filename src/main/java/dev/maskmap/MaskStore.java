package dev.maskmap;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Binary masks in a memory map, one bit a pixel; any patch of any mask as a tensor.
 *
 * <p>A store is opened from a folder that {@link MaskStoreWriter} wrote, from a NPY file packed
 * down the columns as {@code numpy.packbits(mask, axis=-2)} packs, or from a headerless file of the
 * same bytes. Opening maps the files and reads none of the masks. The format is described in {@code
 * docs/format.md}.
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
  /** How often {@link #open} starts again when the store is replaced under it. */
  private static final int ATTEMPTS = 10;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path path;
  private final Arena arena;
  private final Geometry geometry;
  private final BitRows rows;
  private final @Nullable Index index;

  /** What a store folder has beyond its pixels. */
  private record Index(String id, MemorySegment areas, MaskNames names) {}

  /** Maps what a store needs into the arena that the store will own. */
  @FunctionalInterface
  interface Opener {
    MaskStore open(Arena arena) throws IOException;
  }

  private MaskStore(
      Path path, Arena arena, Geometry geometry, BitRows rows, @Nullable Index index) {
    this.path = path;
    this.arena = arena;
    this.geometry = geometry;
    this.rows = rows;
    this.index = index;
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
    checkPlatform();
    if (Files.isDirectory(path)) {
      return openFolder(path);
    }
    if (!Files.exists(path)) {
      throw missing(path);
    }
    return BareArray.openNpy(path, 0);
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
    checkPlatform();
    if (height < 1) {
      throw new IllegalArgumentException("height %d: expected 1 or more".formatted(height));
    }
    if (!Files.exists(npy)) {
      throw missing(npy);
    }
    return BareArray.openNpy(npy, height);
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
    checkPlatform();
    Geometry geometry = new Geometry(masks, height, width);
    if (offset < 0 || offset > Long.MAX_VALUE - geometry.bytes()) {
      throw new IllegalArgumentException("offset %d: expected 0 or more".formatted(offset));
    }
    if (!Files.exists(file)) {
      throw missing(file);
    }
    return BareArray.openRaw(file, offset, geometry);
  }

  static void checkPlatform() {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new UnsupportedOperationException("maskmap runs on little-endian machines only");
    }
  }

  private static IOException missing(Path path) throws IOException {
    return StoreTarget.interrupted(path)
        .<IOException>map(
            old ->
                new MaskFormatException(
                    path,
                    "missing, because replacing it was interrupted; the old store is whole: rename "
                        + old
                        + " to "
                        + path.getFileName()))
        .orElseGet(() -> new NoSuchFileException(path.toString(), null, "no such file or folder"));
  }

  private static MaskStore openFolder(Path store) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Manifest manifest = Manifest.read(store);
      IOException failure = null;
      try {
        MaskStore opened = inNewArena(arena -> map(store, manifest, arena));
        // A writer may have put another store in this place between the first file and the last.
        if (Manifest.read(store).equals(manifest)) {
          return opened;
        }
        opened.close();
      } catch (IOException e) {
        failure = e;
      }
      boolean replaced = !Manifest.read(store).equals(manifest);
      if (failure != null && !replaced) {
        throw failure;
      }
      if (attempt == ATTEMPTS) {
        throw new MaskFormatException(store, "is being replaced over and over; try again");
      }
    }
  }

  private static MaskStore map(Path store, Manifest manifest, Arena arena) throws IOException {
    StoreFolder folder = new StoreFolder(store, manifest);
    Geometry geometry = manifest.geometry();
    long masks = geometry.masks();
    long packedRows = geometry.packedRows();
    MemorySegment bits =
        folder.map(arena, StoreFiles.MASKS, "|u1", masks, packedRows, (long) geometry.width());
    MemorySegment areas = folder.map(arena, StoreFiles.AREAS, "<i8", masks + 1);
    MaskNames names =
        new MaskNames(
            folder.map(arena, StoreFiles.NAMES),
            folder.map(arena, StoreFiles.NAME_OFFSETS, "<i8", masks + 1));
    folder.check(StoreFiles.FOREGROUND, geometry.countType(), masks, packedRows);
    folder.check(StoreFiles.CRC32, "<u4", masks);
    Index index = new Index(manifest.id(), areas, names);
    return new MaskStore(store, arena, geometry, new BitRows(bits, geometry), index);
  }

  /** A store without index: all that {@code bits}, mapped in {@code arena}, say is their pixels. */
  static MaskStore bare(Path file, Arena arena, Geometry geometry, MemorySegment bits) {
    return new MaskStore(file, arena, geometry, new BitRows(bits, geometry), null);
  }

  /** Gives the store an arena of its own, which is closed again if the store cannot be opened. */
  @SuppressWarnings("MustBeClosedChecker")
  static MaskStore inNewArena(Opener opener) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return opener.open(arena);
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** The folder or file that was opened. */
  public Path path() {
    return path;
  }

  /** How the store holds its packed rows: {@code bits}, plain and uncompressed. */
  public String layout() {
    return Manifest.LAYOUT;
  }

  /** 32 hexadecimal digits derived from the store's content; empty for a bare array. */
  public String id() {
    return index == null ? "" : index.id();
  }

  /** Number of masks, at least 1. */
  public long size() {
    return geometry.masks();
  }

  /**
   * Pixel rows of a mask.
   *
   * @throws IndexOutOfBoundsException if there is no such mask
   */
  public int height(long mask) {
    Bounds.checkMask(this, mask);
    return geometry.height();
  }

  /**
   * Columns of a mask.
   *
   * @throws IndexOutOfBoundsException if there is no such mask
   */
  public int width(long mask) {
    Bounds.checkMask(this, mask);
    return geometry.width();
  }

  /** Whether the masks have names; those of bare arrays have none. */
  public boolean hasNames() {
    return index != null;
  }

  /**
   * The name of a mask, or its index in decimal digits where the store has no names.
   *
   * @throws IndexOutOfBoundsException if there is no such mask
   * @throws IllegalStateException if the store is closed, or its names are damaged
   * @throws MaskAccessException if the file was cut short
   */
  public String name(long mask) {
    Bounds.checkMask(this, mask);
    if (index == null) {
      return Long.toString(mask);
    }
    try {
      String name = index.names().name(mask);
      MapFaults.settle();
      return name;
    } catch (InternalError | IllegalStateException e) {
      throw failed(e);
    }
  }

  /**
   * The index of the mask so named, or -1. Reads the names from the first on: keep the answer.
   *
   * @throws IllegalStateException if the store is closed
   * @throws MaskAccessException if the file was cut short
   */
  public long indexOf(String name) {
    if (index == null) {
      return -1;
    }
    try {
      long mask = index.names().indexOf(name);
      MapFaults.settle();
      return mask;
    } catch (InternalError | IllegalStateException e) {
      throw failed(e);
    }
  }

  /**
   * A view of one mask: no pixel is copied, and it reads through this store.
   *
   * @throws IndexOutOfBoundsException if there is no such mask
   */
  public Mask mask(long mask) {
    Bounds.checkMask(this, mask);
    return new Mask(this, mask);
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
    Bounds.checkPatch(this, mask, y, x, height, width);
    Bounds.checkDestination(dst, offset, type.rows(height), type.rowBytes(width), rowStride);
    try {
      MemorySegment plain = dst;
      if (!dst.isNative()) {
        plain = null;
      } else if (dst.isMapped()) {
        plain = NativeView.of(dst);
      }
      if (plain != null) {
        rows.read(mask, y, x, height, width, type, plain, offset, rowStride);
      } else {
        rows.readThroughScratch(mask, y, x, height, width, type, dst, offset, rowStride);
      }
      MapFaults.settle();
    } catch (InternalError | IllegalStateException e) {
      throw failed(e);
    }
  }

  BitRows rows() {
    return rows;
  }

  /** Foreground pixels of a mask, from the index where there is one. */
  long area(long mask) {
    if (index == null) {
      return rows.count(mask, 0, 0, geometry.height(), geometry.width());
    }
    MemorySegment areas = index.areas();
    return areas.getAtIndex(LONG, mask + 1) - areas.getAtIndex(LONG, mask);
  }

  /**
   * What a failed access to the maps means; errors that are not about them come back as they are.
   */
  RuntimeException failed(Throwable e) {
    if (e instanceof InternalError) {
      return new MaskAccessException(path, e);
    }
    if (!arena.scope().isAlive()) {
      return new IllegalStateException(path + ": the store is closed", e);
    }
    return (RuntimeException) e;
  }

  /** Unmaps the store. Closing it again has no effect. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
