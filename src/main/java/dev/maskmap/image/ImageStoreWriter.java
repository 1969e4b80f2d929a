package dev.maskmap.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.internal.files.FolderTarget;
import dev.maskmap.internal.files.MapFaults;
import dev.maskmap.internal.files.Names;
import dev.maskmap.internal.files.StoreFileWriter;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Writes a store of images, one after the other, of any sizes. It appears under its name, complete,
 * with {@link #commit}; closed without, nothing of it is left. The same images and names give the
 * same bytes.
 *
 * <pre>{@code
 * try (ImageStoreWriter writer = ImageStoreWriter.create(path, ImageType.UINT8, 3)) {
 *   writer.add("frame-0001", 1080, 1920, pixels);
 *   writer.commit();
 * }
 * }</pre>
 *
 * <p>Not safe for several threads at once. The memory it needs does not grow with the images, but
 * for their names, which it keeps to tell that none comes twice. After an {@link IOException} while
 * writing nothing more can be added.
 */
public final class ImageStoreWriter implements AutoCloseable {
  /** Each image begins at a multiple of so many bytes: a cache line. */
  static final int ALIGNMENT = 64;

  private static final int BLOCK = 1 << 18;

  private static final FolderTarget.Kind KIND =
      new FolderTarget.Kind() {
        @Override
        public boolean isAt(Path folder) {
          return ImageStore.isStore(folder);
        }

        @Override
        public boolean isPart(String name) {
          return false;
        }

        @Override
        public String noun() {
          return "a store of images";
        }
      };

  private final FolderTarget target;
  private final ImageType type;
  private final int channels;
  private final List<Closeable> open = new ArrayList<>();
  private final StoreFileWriter pixels;
  private final StoreFileWriter shapes;
  private final StoreFileWriter offsets;
  private final StoreFileWriter crcs;
  private final StoreFileWriter nameLines;
  private final StoreFileWriter nameOffsets;
  private final Set<String> names = new HashSet<>();
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
  private long count;
  private long nameBytes;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    BROKEN,
    COMMITTED,
    CLOSED
  }

  private ImageStoreWriter(FolderTarget target, ImageType type, int channels) throws IOException {
    this.target = target;
    this.type = type;
    this.channels = channels;
    try {
      pixels = add(StoreFileWriter.array(file(ImageFiles.PIXELS)));
      shapes = add(StoreFileWriter.array(file(ImageFiles.SHAPES)));
      offsets = add(StoreFileWriter.array(file(ImageFiles.OFFSETS)));
      crcs = add(StoreFileWriter.array(file(ImageFiles.CRC32)));
      nameLines = add(StoreFileWriter.plain(file(ImageFiles.NAMES)));
      nameOffsets = add(StoreFileWriter.array(file(ImageFiles.NAME_OFFSETS)));
      nameOffsets.writeLong(0);
    } catch (IOException | RuntimeException | Error e) {
      closeFiles();
      throw e;
    }
  }

  /**
   * Begins a store where nothing is yet.
   *
   * @param type of all samples
   * @param channels samples of each pixel, 1 to {@value ImageStore#MAX_CHANNELS}
   * @throws IllegalArgumentException if the number of channels is out of range
   * @throws java.nio.file.FileAlreadyExistsException if the path exists
   * @throws IOException if another writer holds the path, or the folder cannot be written
   */
  public static ImageStoreWriter create(Path store, ImageType type, int channels)
      throws IOException {
    return open(store, false, type, channels);
  }

  /**
   * Begins a store that takes the place of the one at {@code store}, if there is one. That one
   * stays as it is until the commit, and whoever has it open keeps reading it after.
   *
   * @throws IllegalArgumentException as {@link #create}
   * @throws java.nio.file.FileAlreadyExistsException if the path exists and is not a store of
   *     images
   * @throws IOException as {@link #create}
   */
  public static ImageStoreWriter replace(Path store, ImageType type, int channels)
      throws IOException {
    return open(store, true, type, channels);
  }

  private static ImageStoreWriter open(Path store, boolean replace, ImageType type, int channels)
      throws IOException {
    ImageOpener.checkPlatform();
    if (channels < 1 || channels > ImageStore.MAX_CHANNELS) {
      throw new IllegalArgumentException(
          "%d channels: expected 1 to %d".formatted(channels, ImageStore.MAX_CHANNELS));
    }
    FolderTarget target = FolderTarget.open(store, replace, KIND);
    try {
      return new ImageStoreWriter(target, type, channels);
    } catch (IOException | RuntimeException | Error e) {
      target.close();
      throw e;
    }
  }

  private Path file(String name) {
    return target.folder().resolve(name);
  }

  private <T extends Closeable> T add(T file) {
    open.add(file);
    return file;
  }

  /**
   * Adds an image.
   *
   * @param name 1 to 4,096 bytes of UTF-8 without control characters, not yet used in this store
   * @param image exactly {@code height * width * channels} samples in the order of the machine, row
   *     by row, the channels of a pixel side by side; heap, native or mapped memory, only read
   *     during the call
   * @throws IllegalArgumentException if a side is below 1, the memory has another length, or the
   *     name cannot be used
   * @throws IllegalStateException if the writer is committed, closed or failed before
   * @throws IOException if the disk is full or fails, or {@code image} is a map whose file was cut
   *     short
   */
  public void add(String name, int height, int width, MemorySegment image) throws IOException {
    checkOpen();
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image of %dx%d pixels: expected at least one row and one column"
              .formatted(height, width));
    }
    long bytes = Math.multiplyExact((long) height * width, (long) channels * type.bytes());
    if (image.byteSize() != bytes) {
      throw new IllegalArgumentException(
          "%d bytes: an image of %dx%d pixels of %d channels %s has %d"
              .formatted(image.byteSize(), height, width, channels, type.descr(), bytes));
    }
    byte[] line = Names.encode(name);
    if (names.contains(name)) {
      throw new IllegalArgumentException("two images are named " + name + "; names are unique");
    }
    state = State.BROKEN;
    try {
      pixels.align(ALIGNMENT);
      offsets.writeLong(pixels.dataBytes() / type.bytes());
      crcs.writeInt((int) writePixels(image, name));
      shapes.writeInt(height);
      shapes.writeInt(width);
      nameLines.writeLine(line);
      nameBytes += line.length + 1;
      nameOffsets.writeLong(nameBytes);
    } catch (IOException e) {
      throw ofStore(e);
    }
    names.add(name);
    count++;
    state = State.OPEN;
  }

  /** Copied block by block: what is mapped must be read neither by a checksum nor by the system. */
  private long writePixels(MemorySegment image, String name) throws IOException {
    CRC32 crc = new CRC32();
    MemorySegment to = MemorySegment.ofBuffer(block.clear());
    for (long at = 0, n; at < image.byteSize(); at += n) {
      n = Math.min(BLOCK, image.byteSize() - at);
      try {
        MemorySegment.copy(image, JAVA_BYTE, at, to, JAVA_BYTE, 0, n);
        MapFaults.settle();
      } catch (InternalError e) {
        throw new IOException(
            "the pixels of " + name + " can no longer be read; is their file cut short?", e);
      }
      block.clear().limit((int) n);
      crc.update(block);
      pixels.write(block.rewind());
    }
    return crc.getValue();
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
   * @throws IllegalStateException if no image was added, or as {@link #add}
   * @throws IOException if the disk is full or fails, or the path was taken meanwhile; nothing is
   *     published then
   */
  public void commit() throws IOException {
    checkOpen();
    if (count == 0) {
      throw new IllegalStateException(
          target.store() + ": no image was added; a store holds one or more");
    }
    state = State.BROKEN;
    String id;
    try {
      id = finish();
    } catch (IOException e) {
      throw ofStore(e);
    }
    target.publish(id);
    state = State.COMMITTED;
  }

  private String finish() throws IOException {
    long samples = pixels.dataBytes() / type.bytes();
    offsets.writeLong(samples);
    pixels.finish(type.descr(), samples);
    shapes.finish("<i4", count, 2);
    offsets.finish("<i8", count + 1);
    crcs.finish("<u4", count);
    nameLines.finish();
    nameOffsets.finish("<i8", count + 1);
    MessageDigest digest = ImageManifest.beginId(count, type, channels);
    Map<String, ImageManifest.FileEntry> files = new LinkedHashMap<>();
    files.put(ImageFiles.PIXELS, new ImageManifest.FileEntry(pixels.size(), OptionalLong.empty()));
    Map<String, StoreFileWriter> index =
        Map.of(
            ImageFiles.SHAPES, shapes,
            ImageFiles.OFFSETS, offsets,
            ImageFiles.CRC32, crcs,
            ImageFiles.NAMES, nameLines,
            ImageFiles.NAME_OFFSETS, nameOffsets);
    for (String name : ImageFiles.INDEX) {
      StoreFileWriter file = index.get(name);
      if (file != null) {
        OptionalLong crc = OptionalLong.of(file.checksum(digest));
        files.put(name, new ImageManifest.FileEntry(file.size(), crc));
      }
    }
    String id = ImageManifest.id(digest);
    try (StoreFileWriter file = StoreFileWriter.plain(file(ImageFiles.MANIFEST))) {
      ImageManifest manifest = new ImageManifest(id, count, type, channels, files);
      file.write(ByteBuffer.wrap(manifest.encode()));
      file.finish();
    }
    return id;
  }

  /** Names the store, not the hidden folder in which it was written. */
  private IOException ofStore(IOException e) {
    return new IOException(target.store() + ": " + e.getMessage(), e);
  }

  private void closeFiles() throws IOException {
    IOException failure = null;
    for (Closeable file : open) {
      try {
        file.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Ends the writer; without a commit before, nothing of the store is left. */
  @Override
  public void close() throws IOException {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    try {
      closeFiles();
    } finally {
      target.close();
    }
  }
}
