package dev.maskmap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.internal.files.MapFaults;
import dev.maskmap.internal.files.Names;
import dev.maskmap.internal.kernel.Kernel;
import dev.maskmap.internal.kernel.Kernels;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes a store, mask by mask. It appears under its name, complete, with {@link #commit}; closed
 * without, nothing of it is left. The same masks and names give the same bytes.
 *
 * <pre>{@code
 * try (MaskStoreWriter writer = MaskStoreWriter.create(Path.of("train.masks"), 1080, 1920)) {
 *   writer.add("frame-0001", pixels, 1920);
 *   writer.commit();
 * }
 * }</pre>
 *
 * <p>A writer made without a size takes masks of any size. Where all turn out to have one, the
 * store is the same, byte for byte, as if it had been given.
 *
 * <p>Not safe for several threads at once. The memory it needs does not grow with the masks, but
 * for their names, which it keeps to tell that none comes twice. After an {@link IOException} while
 * writing nothing more can be added.
 */
public final class MaskStoreWriter implements AutoCloseable {
  /** Columns that are packed at once. */
  private static final int BLOCK = 1 << 13;

  private final WriteTarget target;
  private final StoreParts parts;
  private final @Nullable MaskSize fixed;
  private final Set<String> names;
  private byte[] eightRows = new byte[0];
  private byte[] packed = new byte[0];
  private long count;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    BROKEN,
    COMMITTED,
    CLOSED
  }

  private MaskStoreWriter(
      WriteTarget target, StoreParts parts, @Nullable MaskSize fixed, Set<String> takenNames) {
    this.target = target;
    this.parts = parts;
    this.fixed = fixed;
    this.names = new HashSet<>(takenNames);
  }

  /**
   * Begins a store of masks of {@code height} x {@code width} pixels where nothing is yet.
   *
   * @throws IllegalArgumentException if a side is below 1, or one packed mask exceeds 2^31 - 9
   *     bytes
   * @throws java.nio.file.FileAlreadyExistsException if the path exists
   * @throws IOException if another writer holds the path, or the folder cannot be written
   */
  public static MaskStoreWriter create(Path store, int height, int width) throws IOException {
    MaskSize size = size(height, width);
    return open(StoreTarget.open(store, false), size, Layout.BITS);
  }

  /**
   * Begins a store of masks of any size where nothing is yet.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the path exists
   * @throws IOException as {@link #create(Path, int, int)}
   */
  public static MaskStoreWriter create(Path store) throws IOException {
    return create(store, Layout.BITS);
  }

  /**
   * Begins a store of masks of any size, in the given layout, where nothing is yet.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the path exists
   * @throws IOException as {@link #create(Path, int, int)}
   */
  public static MaskStoreWriter create(Path store, Layout layout) throws IOException {
    return open(StoreTarget.open(store, false), null, layout);
  }

  /**
   * Begins a store that takes the place of the one at {@code store}, if there is one. That one
   * stays as it is until the commit, and threads or processes that have it open keep reading it
   * after.
   *
   * @throws IllegalArgumentException as {@link #create(Path, int, int)}
   * @throws java.nio.file.FileAlreadyExistsException if the path exists and is not a store
   * @throws IOException as {@link #create(Path, int, int)}
   */
  public static MaskStoreWriter replace(Path store, int height, int width) throws IOException {
    MaskSize size = size(height, width);
    return open(StoreTarget.open(store, true), size, Layout.BITS);
  }

  /**
   * Begins a store of masks of any size that takes the place of the one at {@code store}, as {@link
   * #replace(Path, int, int)}.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the path exists and is not a store
   * @throws IOException as {@link #create(Path, int, int)}
   */
  public static MaskStoreWriter replace(Path store) throws IOException {
    return replace(store, Layout.BITS);
  }

  /**
   * As {@link #replace(Path)}, in the given layout.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the path exists and is not a store
   * @throws IOException as {@link #create(Path, int, int)}
   */
  public static MaskStoreWriter replace(Path store, Layout layout) throws IOException {
    return open(StoreTarget.open(store, true), null, layout);
  }

  /**
   * Begins one more part of a data set, or a data set of one part where nothing is yet. The parts
   * that are there are not touched, and whoever has the data set open keeps reading what it had.
   * Names must be new in the whole data set. The part has the layout of the data set's last; a new
   * data set begins with {@link Layout#BITS}.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the path exists and is not a data set; a
   *     plain store never changes
   * @throws IOException as {@link #create(Path, int, int)}
   */
  public static MaskStoreWriter append(Path dataSet) throws IOException {
    return append(dataSet, DataSetTarget.layout(dataSet));
  }

  /**
   * As {@link #append(Path)}, in the given layout. The parts of a data set may differ in it.
   *
   * @throws java.nio.file.FileAlreadyExistsException as {@link #append(Path)}
   * @throws IOException as {@link #create(Path, int, int)}
   */
  public static MaskStoreWriter append(Path dataSet, Layout layout) throws IOException {
    return open(DataSetTarget.open(dataSet), null, layout);
  }

  private static MaskSize size(int height, int width) {
    StoreOpener.checkPlatform();
    MaskSize size = new MaskSize(height, width);
    if (size.bytes() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a mask of %s pixels is more than 2^31 - 9 bytes packed".formatted(size));
    }
    return size;
  }

  static MaskStoreWriter open(WriteTarget target, @Nullable MaskSize fixed, Layout layout)
      throws IOException {
    try {
      StoreOpener.checkPlatform();
      Set<String> takenNames = target.takenNames();
      return new MaskStoreWriter(
          target, StoreParts.create(target.folder(), layout), fixed, takenNames);
    } catch (IOException | RuntimeException | Error e) {
      target.close();
      throw e;
    }
  }

  /**
   * Adds a mask, of the size that the writer was made with, from pixels of one byte each: 0 is
   * background, any other value foreground.
   *
   * @param name 1 to 4,096 bytes of UTF-8 without control characters, not yet used in this store
   * @param pixels {@code height} rows of {@code width} bytes, in heap, native or mapped memory;
   *     only read during the call
   * @param rowStride bytes from the start of one row to the next
   * @throws IllegalArgumentException if the name cannot be used, or rows would overlap
   * @throws IndexOutOfBoundsException if {@code pixels} is too small
   * @throws IllegalStateException if the writer is committed, closed or failed before, or was made
   *     without a size
   * @throws IOException if the disk is full or fails
   */
  public void add(String name, MemorySegment pixels, long rowStride) throws IOException {
    add(name, fixedSize(), pixels, rowStride);
  }

  /**
   * Adds a mask of its own size from pixels of one byte each, as {@link #add(String, MemorySegment,
   * long)}.
   *
   * @throws IllegalArgumentException also if a side is below 1, the packed mask exceeds 2^31 - 9
   *     bytes, or the writer was made for another size
   */
  public void add(String name, int height, int width, MemorySegment pixels, long rowStride)
      throws IOException {
    add(name, accepted(height, width), pixels, rowStride);
  }

  private void add(String name, MaskSize size, MemorySegment pixels, long rowStride)
      throws IOException {
    checkOpen();
    byte[] nameBytes = checkName(name);
    checkPixels(size, pixels.byteSize(), rowStride);
    room(size);
    try {
      pack(size, pixels, rowStride);
      MapFaults.settle();
    } catch (InternalError e) {
      throw new IOException(
          "the pixels of " + name + " can no longer be read; is their file cut short?", e);
    }
    append(name, nameBytes, size);
  }

  private static void checkPixels(MaskSize size, long bytes, long rowStride) {
    int height = size.height();
    int width = size.width();
    if (rowStride < width) {
      throw new IllegalArgumentException(
          "row stride of %d bytes: a row has %d".formatted(rowStride, width));
    }
    if (width > bytes || (height > 1 && rowStride > (bytes - width) / (height - 1))) {
      throw new IndexOutOfBoundsException(
          "%d bytes of pixels: a mask needs %d rows of %d bytes, %d bytes apart"
              .formatted(bytes, height, width, rowStride));
    }
  }

  private void pack(MaskSize size, MemorySegment pixels, long rowStride) {
    Kernel kernel = Kernels.get();
    int width = size.width();
    int block = Math.min(width, BLOCK);
    if (eightRows.length < 8 * block) {
      eightRows = new byte[8 * block];
    }
    for (int r = 0; r < size.packedRows(); r++) {
      long from = 8L * r * rowStride;
      int rows = Math.min(8, size.height() - 8 * r);
      for (int c = 0, w; c < width; c += w) {
        w = Math.min(BLOCK, width - c);
        for (int k = 0; k < rows; k++) {
          MemorySegment.copy(pixels, JAVA_BYTE, from + k * rowStride + c, eightRows, k * w, w);
        }
        kernel.pack(eightRows, rows, w, packed, r * width + c);
      }
    }
  }

  /**
   * Adds a mask, of the size that the writer was made with, that is packed down the columns
   * already, as {@link Mask#packed} describes.
   *
   * @param packedRows exactly {@code ceil(height / 8) * width} bytes, whose bits past the height
   *     are zero; only read during the call
   * @throws IllegalArgumentException if the size differs, a bit past the height is set, or the name
   *     cannot be used
   * @throws IllegalStateException as {@link #add(String, MemorySegment, long)}
   * @throws IOException as {@link #add(String, MemorySegment, long)}
   */
  public void addPacked(String name, MemorySegment packedRows) throws IOException {
    addPacked(name, fixedSize(), packedRows);
  }

  /**
   * Adds a mask of its own size that is packed already, as {@link #addPacked(String,
   * MemorySegment)}.
   *
   * @throws IllegalArgumentException also as {@link #add(String, int, int, MemorySegment, long)}
   */
  public void addPacked(String name, int height, int width, MemorySegment packedRows)
      throws IOException {
    addPacked(name, accepted(height, width), packedRows);
  }

  private void addPacked(String name, MaskSize size, MemorySegment packedRows) throws IOException {
    addPacked(
        name,
        size,
        to -> {
          if (packedRows.byteSize() != to.length) {
            throw new IllegalArgumentException(
                "%d packed bytes: a mask of %s pixels has %d"
                    .formatted(packedRows.byteSize(), size, to.length));
          }
          MemorySegment.copy(packedRows, JAVA_BYTE, 0, to, 0, to.length);
        });
  }

  private void addPacked(String name, MaskSize size, Source source) throws IOException {
    checkOpen();
    byte[] nameBytes = checkName(name);
    room(size);
    try {
      source.copy(packed);
      MapFaults.settle();
    } catch (InternalError e) {
      throw new IOException(
          "the bits of " + name + " can no longer be read; is their file cut short?", e);
    }
    int wrong = size.paddedByte(packed);
    if (wrong >= 0) {
      throw new IllegalArgumentException(
          "packed byte %d has bits set past the height of %d: they must be zero"
              .formatted(wrong, size.height()));
    }
    append(name, nameBytes, size);
  }

  /**
   * Adds all masks of another store, packed as they are, under their names; those of a bare array
   * under their index. Each is held against its checksum, where it has one.
   *
   * @param masksDone called with the number of masks added so far
   * @throws IllegalArgumentException if a name is taken, or a mask has another size than the writer
   *     was made for
   * @throws IllegalStateException as {@link #add(String, MemorySegment, long)}; also if {@code
   *     source} is closed or damaged
   * @throws MaskAccessException if a file of {@code source} was cut short
   * @throws IOException if a mask does not have its checksum, or the disk is full or fails
   */
  public void addAll(MaskStore source, LongConsumer masksDone) throws IOException {
    new StoreCopy(source, this, masksDone).run();
  }

  /**
   * Adds a mask of another store as it is, if its packed rows still have their checksum: a copy
   * would get a new one, and the damage would be seen no more.
   */
  void addCopy(Mask mask, long crc32) throws IOException {
    addPacked(
        mask.name(),
        mask.checkedSize(),
        to -> {
          mask.copyPacked(to);
          CRC32 found = new CRC32();
          found.update(to);
          if (found.getValue() != crc32) {
            throw new IOException(
                mask
                    + " is damaged, so it is not copied; `maskmap verify` says where, then"
                    + " --replace or remove it");
          }
        });
  }

  /** Where the packed rows of a mask come from. */
  @FunctionalInterface
  private interface Source {
    void copy(byte[] to) throws IOException;
  }

  private MaskSize fixedSize() {
    if (fixed == null) {
      throw new IllegalStateException(
          target.store() + ": the writer takes masks of any size; give height and width");
    }
    return fixed;
  }

  private MaskSize accepted(int height, int width) {
    MaskSize size = size(height, width);
    if (fixed != null && !fixed.equals(size)) {
      throw new IllegalArgumentException(
          "a mask of %s pixels: the writer was made for masks of %s".formatted(size, fixed));
    }
    return size;
  }

  /** Makes {@code packed} as long as a mask of this size. */
  private void room(MaskSize size) {
    if (packed.length != size.bytes()) {
      packed = new byte[(int) size.bytes()];
    }
  }

  /** Whether masks of different sizes were added. */
  public boolean isRagged() {
    return count > 0 && parts.uniformSize() == null;
  }

  private void append(String name, byte[] nameBytes, MaskSize size) throws IOException {
    state = State.BROKEN;
    try {
      parts.append(nameBytes, size, packed);
    } catch (IOException e) {
      throw ofStore(e);
    }
    names.add(name);
    count++;
    state = State.OPEN;
  }

  private byte[] checkName(String name) {
    byte[] bytes = Names.encode(name);
    if (names.contains(name)) {
      throw new IllegalArgumentException("two masks are named " + name + "; names are unique");
    }
    return bytes;
  }

  private void checkOpen() {
    if (state != State.OPEN) {
      throw new IllegalStateException(
          target.store()
              + ": the writer "
              + switch (state) {
                case BROKEN -> "failed before; close it and write the store again";
                case COMMITTED -> "has committed; a store never changes afterwards";
                default -> "is closed";
              });
    }
  }

  /**
   * Makes the store appear under its name, complete and on the disk.
   *
   * @throws IllegalStateException if no mask was added, or as {@link #add}
   * @throws IOException if the disk is full or fails, or the path was taken meanwhile; nothing is
   *     published then
   */
  public void commit() throws IOException {
    commit(false);
  }

  /**
   * As {@link #commit}, in the layout that suits the masks, which only now is known: {@link
   * Layout#RUNS} where {@code runs.npy} and {@code rows.npy} have under a quarter of the bytes that
   * the masks have plain, else {@link Layout#BITS}. For a writer of runs; bits stay bits. Where it
   * turns to bits the disk holds both for that time.
   *
   * @return the layout that the store has
   * @throws IllegalStateException as {@link #commit}
   * @throws IOException as {@link #commit}
   */
  public Layout commitSuited() throws IOException {
    return commit(true);
  }

  private Layout commit(boolean smallRunsOnly) throws IOException {
    checkOpen();
    if (count == 0) {
      throw new IllegalStateException(
          target.store() + ": no mask was added; a store holds one or more");
    }
    state = State.BROKEN;
    Manifest manifest = finish(smallRunsOnly);
    target.publish(manifest);
    state = State.COMMITTED;
    return manifest.layout();
  }

  private Manifest finish(boolean smallRunsOnly) throws IOException {
    try {
      return parts.finish(smallRunsOnly);
    } catch (IOException e) {
      throw ofStore(e);
    }
  }

  /** Names the store, not the hidden folder in which it was written. */
  private IOException ofStore(IOException e) {
    return new IOException(target.store() + ": " + e.getMessage(), e);
  }

  /** Ends the writer; without a commit before, nothing of the store is left. */
  @Override
  public void close() throws IOException {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    try {
      parts.close();
    } finally {
      target.close();
    }
  }
}
