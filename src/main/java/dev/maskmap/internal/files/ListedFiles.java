package dev.maskmap.internal.files;

import dev.maskmap.internal.npy.NpyFormatException;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The files of a store, opened and checked in constant time against the document that lists them.
 *
 * @param folder of the store
 * @param document name of the file that lists the others
 * @param bytes the length that it gives of a file
 * @param kind makes the exception of the store's own package of one whose message is complete
 */
public record ListedFiles(
    Path folder,
    String document,
    ToLongFunction<String> bytes,
    Function<IOException, IOException> kind) {
  /** Where a file is. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  private IOException damaged(String name, String problem) {
    return kind.apply(new FileFormatException(path(name), problem + "; copy the store again"));
  }

  /**
   * The channel of a file whose length is the one that the document gives. The caller closes it.
   */
  public FileChannel channel(String name) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path(name), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw damaged(name, "missing");
    }
    long expected = bytes.applyAsLong(name);
    if (channel.size() != expected) {
      long found = channel.size();
      channel.close();
      throw damaged(name, "%d bytes, and %s says %d".formatted(found, document, expected));
    }
    return channel;
  }

  /** Checks that a file is the array it should be, and gives the offset of its first element. */
  public long array(FileChannel channel, String name, String descr, Long... shape)
      throws IOException {
    try {
      NpyHeader header = NpyHeader.read(channel, path(name));
      List<Long> expected = Arrays.asList(shape);
      if (!header.descr().equals(descr)
          || header.fortranOrder()
          || !header.shape().equals(expected)) {
        throw damaged(
            name,
            "an array %s %s%s, and %s makes it %s %s"
                .formatted(
                    header.descr(),
                    header.shape(),
                    header.fortranOrder() ? " in Fortran order" : "",
                    document,
                    descr,
                    expected));
      }
      header.requireDataOnly(path(name), channel.size());
      return header.dataOffset();
    } catch (NpyFormatException e) {
      throw kind.apply(e);
    }
  }

  /** Checks an array that is neither mapped nor read. */
  public void check(String name, String descr, Long... shape) throws IOException {
    try (FileChannel channel = channel(name)) {
      array(channel, name, descr, shape);
    }
  }

  /** Maps the elements of an array. */
  public FileMap map(Arena arena, String name, String descr, Long... shape) throws IOException {
    try (FileChannel channel = channel(name)) {
      return map(channel, name, array(channel, name, descr, shape), arena);
    }
  }

  /** Maps a whole file. */
  public FileMap map(Arena arena, String name) throws IOException {
    try (FileChannel channel = channel(name)) {
      return map(channel, name, 0, arena);
    }
  }

  private FileMap map(FileChannel channel, String name, long offset, Arena arena)
      throws IOException {
    Path file = path(name);
    return new FileMap(file, Maps.map(channel, file, offset, channel.size() - offset, arena));
  }

  /** Reads the elements of an array in order, without mapping them. The caller closes it. */
  public StoreFileReader reader(String name, String descr, Long... shape) throws IOException {
    FileChannel channel = channel(name);
    try {
      return new StoreFileReader(channel, path(name), array(channel, name, descr, shape));
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }
}
