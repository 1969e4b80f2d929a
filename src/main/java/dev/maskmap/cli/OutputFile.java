package dev.maskmap.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file as a whole or not at all: into a sibling first, which then takes its place. Devices
 * and pipes are written as they are.
 */
final class OutputFile {
  private OutputFile() {}

  /** Puts the content into a channel. */
  @FunctionalInterface
  interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Refuses a target that exists, before the work is done rather than after.
   *
   * @throws IOException if it exists and {@code overwrite} is false, or is a folder
   */
  static void check(Path target, boolean overwrite) throws IOException {
    if (Files.isDirectory(target)) {
      throw new IOException(target + ": a folder, and a file is to be written");
    }
    if (!overwrite && Files.exists(target) && !isDevice(target)) {
      throw new IOException(target + ": exists already; --overwrite replaces it");
    }
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new IOException(target + ": there is no folder " + parent);
    }
  }

  /** Writes {@code target}, after the checks of {@link #check}. */
  static void write(Path target, boolean overwrite, Content content) throws IOException {
    check(target, overwrite);
    try {
      if (isDevice(target)) {
        fill(target, content, StandardOpenOption.WRITE);
      } else {
        replace(target, overwrite, content);
      }
    } catch (FileSystemException | ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      // What a channel throws, such as "No space left on device", does not name the file.
      throw new IOException(target + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static void replace(Path target, boolean overwrite, Content content) throws IOException {
    String suffix = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + suffix + ".tmp");
    try {
      fill(temporary, content, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      if (!overwrite && Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void fill(Path file, Content content, StandardOpenOption... options)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, options)) {
      content.writeTo(channel);
    }
  }

  /** Writes all that is left of {@code bytes}: a channel may take less at a time. */
  static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Whether there is a device or a pipe of this name. */
  static boolean isDevice(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }
}
