package dev.maskmap.convert.export;

import dev.maskmap.convert.pixels.Messages;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that gets its files at the end, when all are written: first they lie in a hidden folder
 * beside or in it. Closed without {@link #publish}, nothing of them is left. Used by one thread;
 * the files themselves may be written by others.
 */
final class OutputFolder implements Closeable {
  private final Path folder;
  private final Path hidden;
  private final boolean exists;

  private OutputFolder(Path folder, Path hidden, boolean exists) {
    this.folder = folder;
    this.hidden = hidden;
    this.exists = exists;
  }

  /**
   * Begins to fill {@code folder}, which is made at the end where there is none.
   *
   * @param overwrite whether it may hold files already
   * @throws IOException if it is a file, holds files and {@code overwrite} is false, or cannot be
   *     written
   */
  static OutputFolder begin(Path folder, boolean overwrite) throws IOException {
    check(folder, overwrite);
    boolean exists = Files.isDirectory(folder);
    String suffix = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    // In an existing folder, because that may be the root of a file system of its own.
    Path hidden =
        exists
            ? folder.resolve(".export.tmp-" + suffix)
            : folder.resolveSibling("." + folder.getFileName() + ".tmp-" + suffix);
    Files.createDirectory(hidden);
    return new OutputFolder(folder, hidden, exists);
  }

  /**
   * The checks of {@link #begin}, before any work.
   *
   * @throws IOException as {@link #begin}
   */
  static void check(Path folder, boolean overwrite) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null && !Files.isDirectory(parent)) {
        throw new IOException(Messages.oneLine(folder + ": there is no folder " + parent));
      }
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(Messages.oneLine(folder + ": exists and is no folder"));
    }
    if (!overwrite && !isEmpty(folder)) {
      throw new IOException(
          Messages.oneLine(
              folder
                  + ": holds files already; --overwrite replaces those of the same names and leaves"
                  + " the others"));
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** Whether the file system takes names that differ in case for one. */
  boolean foldsCase() throws IOException {
    Path lower = Files.createFile(hidden.resolve("case"));
    boolean folds = Files.exists(hidden.resolve("CASE"));
    Files.delete(lower);
    return folds;
  }

  /**
   * Checks that no file would replace a folder, or leave the folder through a link in it.
   *
   * @throws IOException if one would; one line
   */
  void checkPlaces(FilePlan plan, int files) throws IOException {
    if (!exists) {
      return;
    }
    Set<Path> sound = new HashSet<>(Set.of(folder));
    for (int i = 0; i < files; i++) {
      Path file = place(folder, plan.path(i));
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(Messages.oneLine(file + ": a folder, and a file is to be written"));
      }
      checkFolders(file.getParent(), sound);
    }
  }

  private static void checkFolders(@Nullable Path parent, Set<Path> sound) throws IOException {
    if (parent == null || !sound.add(parent)) {
      return;
    }
    checkFolders(parent.getParent(), sound);
    if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          Messages.oneLine(parent + ": a file or a link, and a folder is to be written there"));
    }
  }

  /**
   * Writes one file. Any thread may call it, once a path.
   *
   * @throws IOException if it cannot be written; one line that names the file by its final place
   */
  void write(String path, byte[] bytes) throws IOException {
    Path file = place(hidden, path);
    try {
      if (path.indexOf('/') >= 0) {
        Files.createDirectories(file.getParent());
      }
      Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          Messages.oneLine(folder.resolve(path) + ": cannot be written: " + reason(e)), e);
    }
  }

  /** A full disk has no file, and a file system's own message begins with the hidden one. */
  private static String reason(IOException e) {
    String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }

  /**
   * Puts all files in place: where there was no folder in one step, otherwise one by one, each
   * whole.
   *
   * @throws IOException if one cannot be moved; those before it are in place then
   */
  void publish(FilePlan plan, int files) throws IOException {
    if (!exists) {
      Files.move(hidden, folder, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    for (int i = 0; i < files; i++) {
      String path = plan.path(i);
      Path file = place(folder, path);
      if (path.indexOf('/') >= 0) {
        Files.createDirectories(file.getParent());
      }
      Files.move(place(hidden, path), file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    if (Files.exists(hidden)) {
      Files.walkFileTree(hidden, new Remover());
    }
  }

  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed)
        throws IOException {
      if (failed != null) {
        throw failed;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }

  /** The plan has checked the names; this holds whatever it missed. */
  private static Path place(Path below, String path) {
    Path file = below.resolve(path);
    Path inside = below.toAbsolutePath().normalize();
    if (!file.toAbsolutePath().normalize().startsWith(inside)) {
      throw new IllegalArgumentException(path + ": leaves the folder");
    }
    return file;
  }
}
