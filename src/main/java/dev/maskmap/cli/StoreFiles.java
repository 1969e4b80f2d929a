package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A store as files on disk. */
final class StoreFiles {
  private StoreFiles() {}

  /** Bytes of all files of a store folder, or of a bare file. */
  static long bytes(Path store) throws IOException {
    if (!Files.isDirectory(store)) {
      return Files.size(store);
    }
    try (Stream<Path> files = Files.list(store)) {
      return files.filter(Files::isRegularFile).mapToLong(StoreFiles::size).sum();
    }
  }

  /** Bytes of all files of an open store, and of the parts of a data set. */
  static long bytes(MaskStore store) throws IOException {
    long bytes = bytes(store.path());
    for (Path part : store.parts()) {
      bytes += part.equals(store.path()) ? 0 : bytes(part);
    }
    return bytes;
  }

  /** Whether a store, or every part of a data set, holds its masks as plain bits. */
  static boolean isPlain(MaskStore store) {
    return store.parts().stream().allMatch(part -> Files.exists(plain(part)));
  }

  /** Bytes of the files of such bits. */
  static long plainBytes(MaskStore store) throws IOException {
    long bytes = 0;
    for (Path part : store.parts()) {
      bytes += Files.size(plain(part));
    }
    return bytes;
  }

  private static Path plain(Path part) {
    return part.resolve("masks.npy");
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a store: a folder of files. */
  static void delete(Path store) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(store)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(store);
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
      if (!MaskStore.isStore(store)) {
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
