package dev.maskmap.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A store as files on disk. */
final class StoreFiles {
  private static final String MANIFEST = "maskmap.json";
  private static final String DATA_SET = "dataset.json";

  private StoreFiles() {}

  /** Bytes of all files of a store folder, of all parts of a data set, or of a bare file. */
  static long bytes(Path store) throws IOException {
    if (!Files.isDirectory(store)) {
      return Files.size(store);
    }
    long bytes = 0;
    for (Path part : parts(store)) {
      bytes += bytes(part);
    }
    try (Stream<Path> files = Files.list(store)) {
      return bytes + files.filter(Files::isRegularFile).mapToLong(StoreFiles::size).sum();
    }
  }

  /** The stores that a data set consists of; none if {@code store} is no data set. */
  static List<Path> parts(Path store) throws IOException {
    if (!Files.isRegularFile(store.resolve(DATA_SET))) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(store)) {
      return folders.filter(part -> Files.isRegularFile(part.resolve(MANIFEST))).toList();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses a target that a new store may not take, before the work is done rather than after: what
   * is no store is never replaced.
   */
  static void checkTarget(Path store, boolean overwrite) throws IOException {
    if (Files.exists(store, LinkOption.NOFOLLOW_LINKS)) {
      if (!overwrite) {
        throw new IOException(store + ": exists already; --overwrite replaces a store");
      }
      if (!Files.isRegularFile(store.resolve(MANIFEST))) {
        throw new IOException(
            store + ": exists and is no store, so --overwrite does not replace it; remove it");
      }
    }
    Path parent = store.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new IOException(store + ": there is no folder " + parent);
    }
  }
}
