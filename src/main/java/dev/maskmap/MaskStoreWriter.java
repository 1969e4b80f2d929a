package dev.maskmap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.internal.kernel.Kernel;
import dev.maskmap.internal.kernel.Kernels;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

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
 * <p>Not safe for several threads at once. The memory it needs does not grow with the masks, but
 * for their names, which it keeps to tell that none comes twice. After a failed {@link #add} that
 * threw an {@link IOException} nothing more can be added.
 */
public final class MaskStoreWriter implements AutoCloseable {
  /** Columns that are packed at once. */
  private static final int BLOCK = 1 << 13;

  private final StoreTarget target;
  private final StoreParts parts;
  private final int height;
  private final int width;
  private final Geometry one;
  private final byte[] eightRows;
  private final byte[] packed;
  private final Set<String> names = new HashSet<>();
  private State state = State.OPEN;

  private enum State {
    OPEN,
    BROKEN,
    COMMITTED,
    CLOSED
  }

  private MaskStoreWriter(StoreTarget target, StoreParts parts, Geometry one) {
    this.target = target;
    this.parts = parts;
    this.one = one;
    this.height = one.height();
    this.width = one.width();
    this.eightRows = new byte[8 * Math.min(width, BLOCK)];
    this.packed = new byte[(int) one.maskBytes()];
  }

  /**
   * Begins a store of masks of {@code height} x {@code width} pixels where nothing is yet.
   *
   * @throws IllegalArgumentException if a side is below 1, or one packed mask exceeds 2^31 - 1
   *     bytes
   * @throws java.nio.file.FileAlreadyExistsException if the path exists
   * @throws IOException if another writer holds the path, or the folder cannot be written
   */
  public static MaskStoreWriter create(Path store, int height, int width) throws IOException {
    return open(store, height, width, false);
  }

  /**
   * Begins a store that takes the place of the one at {@code store}, if there is one. That one
   * stays as it is until the commit, and threads or processes that have it open keep reading it
   * after.
   *
   * @throws IllegalArgumentException as {@link #create}
   * @throws java.nio.file.FileAlreadyExistsException if the path exists and is not a store
   * @throws IOException as {@link #create}
   */
  public static MaskStoreWriter replace(Path store, int height, int width) throws IOException {
    return open(store, height, width, true);
  }

  private static MaskStoreWriter open(Path store, int height, int width, boolean replace)
      throws IOException {
    MaskStore.checkPlatform();
    Geometry one = new Geometry(1, height, width);
    if (one.maskBytes() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a mask of %dx%d pixels is more than 2^31 - 9 bytes packed".formatted(height, width));
    }
    StoreTarget target = StoreTarget.open(store, replace);
    try {
      StoreParts parts = StoreParts.create(target.folder(), one);
      return new MaskStoreWriter(target, parts, one);
    } catch (IOException | RuntimeException | Error e) {
      target.close();
      throw e;
    }
  }

  /**
   * Adds a mask from pixels of one byte each: 0 is background, any other value foreground.
   *
   * @param name 1 to 4,096 bytes of UTF-8 without control characters, not yet used in this store
   * @param pixels {@code height} rows of {@code width} bytes, in heap, native or mapped memory;
   *     only read during the call
   * @param rowStride bytes from the start of one row to the next
   * @throws IllegalArgumentException if the name cannot be used, or rows would overlap
   * @throws IndexOutOfBoundsException if {@code pixels} is too small
   * @throws IllegalStateException if the writer is committed, closed or failed before
   * @throws IOException if the disk is full or fails
   */
  public void add(String name, MemorySegment pixels, long rowStride) throws IOException {
    checkOpen();
    byte[] nameBytes = checkName(name);
    long size = pixels.byteSize();
    if (rowStride < width) {
      throw new IllegalArgumentException(
          "row stride of %d bytes: a row has %d".formatted(rowStride, width));
    }
    if (width > size || (height > 1 && rowStride > (size - width) / (height - 1))) {
      throw new IndexOutOfBoundsException(
          "%d bytes of pixels: a mask needs %d rows of %d bytes, %d bytes apart"
              .formatted(size, height, width, rowStride));
    }
    try {
      pack(pixels, rowStride);
      MapFaults.settle();
    } catch (InternalError e) {
      throw new IOException(
          "the pixels of " + name + " can no longer be read; is their file cut short?", e);
    }
    append(name, nameBytes);
  }

  private void pack(MemorySegment pixels, long rowStride) {
    Kernel kernel = Kernels.get();
    for (int r = 0; r < one.packedRows(); r++) {
      long from = 8L * r * rowStride;
      int rows = Math.min(8, height - 8 * r);
      for (int c = 0; c < width; c += BLOCK) {
        int w = Math.min(BLOCK, width - c);
        for (int k = 0; k < rows; k++) {
          MemorySegment.copy(pixels, JAVA_BYTE, from + k * rowStride + c, eightRows, k * w, w);
        }
        kernel.pack(eightRows, rows, w, packed, r * width + c);
      }
    }
  }

  /**
   * Adds a mask that is packed down the columns already, as {@link Mask#packed} describes.
   *
   * @param packedRows exactly {@code ceil(height / 8) * width} bytes, whose bits past the height
   *     are zero; only read during the call
   * @throws IllegalArgumentException if the size differs, a bit past the height is set, or the name
   *     cannot be used
   * @throws IllegalStateException as {@link #add}
   * @throws IOException as {@link #add}
   */
  public void addPacked(String name, MemorySegment packedRows) throws IOException {
    checkOpen();
    byte[] nameBytes = checkName(name);
    if (packedRows.byteSize() != packed.length) {
      throw new IllegalArgumentException(
          "%d packed bytes: a mask of %dx%d pixels has %d"
              .formatted(packedRows.byteSize(), height, width, packed.length));
    }
    try {
      MemorySegment.copy(packedRows, JAVA_BYTE, 0, packed, 0, packed.length);
      MapFaults.settle();
    } catch (InternalError e) {
      throw new IOException(
          "the bits of " + name + " can no longer be read; is their file cut short?", e);
    }
    for (int i = packed.length - width; i < packed.length; i++) {
      if ((packed[i] & one.paddingMask()) != 0) {
        throw new IllegalArgumentException(
            "packed byte %d has bits set past the height of %d: they must be zero"
                .formatted(i, height));
      }
    }
    append(name, nameBytes);
  }

  private void append(String name, byte[] nameBytes) throws IOException {
    state = State.BROKEN;
    try {
      parts.append(nameBytes, packed);
    } catch (IOException e) {
      throw ofStore(e);
    }
    names.add(name);
    state = State.OPEN;
  }

  private byte[] checkName(String name) {
    byte[] bytes = MaskNames.encode(name);
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
    checkOpen();
    if (names.isEmpty()) {
      throw new IllegalStateException(
          target.store() + ": no mask was added; a store holds one or more");
    }
    state = State.BROKEN;
    target.publish(finish().id());
    state = State.COMMITTED;
  }

  private Manifest finish() throws IOException {
    try {
      return parts.finish();
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
