package dev.maskmap.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders that are a store or a data set of stores: inputs as a whole, never searched. */
final class StoreFolders {
  private StoreFolders() {}

  /** Returns the size of all files below {@code folder}, or 0 if it cannot be listed. */
  static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
