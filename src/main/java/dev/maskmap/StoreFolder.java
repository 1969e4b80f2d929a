package dev.maskmap;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.ListedFiles;
import dev.maskmap.internal.files.StoreFileReader;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens the files of a store folder and checks what can be checked in constant time. */
final class StoreFolder {
  private final Manifest manifest;
  private final ListedFiles files;
  private final List<FileMap> maps = new ArrayList<>();

  StoreFolder(Path store, Manifest manifest) {
    this.manifest = manifest;
    files =
        new ListedFiles(
            store,
            StoreFiles.MANIFEST,
            name -> manifest.file(name).bytes(),
            MaskFormatException::new);
  }

  Path path(String name) {
    return files.path(name);
  }

  /** What was mapped so far. */
  List<FileMap> maps() {
    return List.copyOf(maps);
  }

  /** As {@link ListedFiles#channel}. */
  FileChannel channel(String name) throws IOException {
    return files.channel(name);
  }

  /** As {@link ListedFiles#array}. */
  long array(FileChannel channel, String name, String descr, Long... shape) throws IOException {
    return files.array(channel, name, descr, shape);
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
    return noted(files.map(arena, name, descr, shape));
  }

  private FileMap noted(FileMap map) {
    maps.add(map);
    return map;
  }

  /** Checks an array that is not mapped. */
  void check(String name, String descr, Long... shape) throws IOException {
    files.check(name, descr, shape);
  }

  /** As {@link ListedFiles#reader}. */
  StoreFileReader reader(String name, String descr, Long... shape) throws IOException {
    return files.reader(name, descr, shape);
  }

  /** Maps a whole file. */
  MemorySegment map(Arena arena, String name) throws IOException {
    return noted(files.map(arena, name)).map();
  }
}
