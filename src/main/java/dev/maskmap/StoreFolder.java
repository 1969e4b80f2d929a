package dev.maskmap;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.Maps;
import dev.maskmap.internal.files.StoreFileReader;
import dev.maskmap.internal.npy.NpyFormatException;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Opens the files of a store folder and checks what can be checked in constant time. */
final class StoreFolder {
  private final Path store;
  private final Manifest manifest;
  private final List<FileMap> maps = new ArrayList<>();

  StoreFolder(Path store, Manifest manifest) {
    this.store = store;
    this.manifest = manifest;
  }

  Path path(String name) {
    return store.resolve(name);
  }

  /** What was mapped so far. */
  List<FileMap> maps() {
    return List.copyOf(maps);
  }

  /** The channel of a file whose length is the one that the manifest gives. */
  FileChannel channel(String name) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path(name), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new MaskFormatException(path(name), "missing; copy the store again");
    }
    long expected = manifest.file(name).bytes();
    if (channel.size() != expected) {
      long found = channel.size();
      channel.close();
      throw new MaskFormatException(
          path(name),
          "%d bytes, and %s says %d; copy the store again"
              .formatted(found, StoreFiles.MANIFEST, expected));
    }
    return channel;
  }

  /** Checks that a file is the array it should be, and gives the offset of its first element. */
  long array(FileChannel channel, String name, String descr, Long... shape) throws IOException {
    try {
      NpyHeader header = NpyHeader.read(channel, path(name));
      List<Long> expected = Arrays.asList(shape);
      if (!header.descr().equals(descr)
          || header.fortranOrder()
          || !header.shape().equals(expected)) {
        throw new MaskFormatException(
            path(name),
            "an array %s %s%s, and %s makes it %s %s; copy the store again"
                .formatted(
                    header.descr(),
                    header.shape(),
                    header.fortranOrder() ? " in Fortran order" : "",
                    StoreFiles.MANIFEST,
                    descr,
                    expected));
      }
      header.requireDataOnly(path(name), channel.size());
      return header.dataOffset();
    } catch (NpyFormatException e) {
      throw new MaskFormatException(e);
    }
  }

  /**
   * How many elements a file holds by its length, if it is an array of one dimension.
   *
   * @param elementBytes bytes of an element
   */
  long elements(String name, int elementBytes) {
    return (manifest.file(name).bytes() - NpyHeader.BYTES) / elementBytes;
  }

  /** Packed rows of all masks of different sizes: the last number of {@code offsets.npy}. */
  long lastOffset() throws IOException {
    long entries = manifest.masks() + 1;
    try (FileChannel channel = channel(StoreFiles.OFFSETS)) {
      array(channel, StoreFiles.OFFSETS, "<i8", entries, 2L);
      long at = channel.size() - Long.BYTES;
      try (StoreFileReader last = new StoreFileReader(channel, path(StoreFiles.OFFSETS), at)) {
        return last.nextLong();
      }
    }
  }

  /** The type that the foreground index must have: 8 bytes where its length shows so. */
  String countType(long packedRows) {
    boolean wide = elements(StoreFiles.FOREGROUND, Long.BYTES) == packedRows;
    return wide ? "<u8" : "<u4";
  }

  /** Maps the elements of an array. */
  MemorySegment map(Arena arena, String name, String descr, Long... shape) throws IOException {
    return fileMap(arena, name, descr, shape).map();
  }

  /** The same, with the file. */
  FileMap fileMap(Arena arena, String name, String descr, Long... shape) throws IOException {
    try (FileChannel channel = channel(name)) {
      return map(channel, name, array(channel, name, descr, shape), arena);
    }
  }

  private FileMap map(FileChannel channel, String name, long offset, Arena arena)
      throws IOException {
    Path file = path(name);
    long bytes = channel.size() - offset;
    FileMap map = new FileMap(file, Maps.map(channel, file, offset, bytes, arena));
    maps.add(map);
    return map;
  }

  /** Checks an array that is not mapped. */
  void check(String name, String descr, Long... shape) throws IOException {
    try (FileChannel channel = channel(name)) {
      array(channel, name, descr, shape);
    }
  }

  /** Reads the elements of an array in order, without mapping them. The caller closes it. */
  StoreFileReader reader(String name, String descr, Long... shape) throws IOException {
    FileChannel channel = channel(name);
    try {
      return new StoreFileReader(channel, path(name), array(channel, name, descr, shape));
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /** Maps a whole file. */
  MemorySegment map(Arena arena, String name) throws IOException {
    try (FileChannel channel = channel(name)) {
      return map(channel, name, 0, arena).map();
    }
  }
}
