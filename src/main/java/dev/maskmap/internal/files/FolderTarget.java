package dev.maskmap.internal.files;

import dev.maskmap.internal.os.PathExchange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The place where a store will appear: holds the lock beside it, the hidden folder in which the
 * store is written, and the steps that put it in place. A store that is there before stays until
 * the new one is complete.
 */
public final class FolderTarget implements Closeable {
  /** What is written: which folders may be replaced, and what in them may be deleted. */
  public interface Kind {
    /** Returns whether a folder is of this kind. */
    boolean isAt(Path folder);

    /** Returns whether a folder of this name, in one of this kind, belongs to it. */
    boolean isPart(String name);

    /** Returns what one is called, with its article. */
    String noun();
  }

  private static final String OLD = "old-";
  private static final String TEMPORARY = "tmp-";

  /** Locks of this process, which the system does not tell apart. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Kind kind;
  private final Path store;
  private final boolean replace;
  private final Path lockFile;
  private final FileChannel lock;
  private final Path folder;

  private FolderTarget(
      Kind kind, Path store, boolean replace, Path lockFile, FileChannel lock, Path folder) {
    this.kind = kind;
    this.store = store;
    this.replace = replace;
    this.lockFile = lockFile;
    this.lock = lock;
    this.folder = folder;
  }

  /**
   * Locks the target, mends what an interrupted writer left, and makes the hidden folder.
   *
   * @param replace whether a store may be there already
   */
  public static FolderTarget open(Path path, boolean replace, Kind kind) throws IOException {
    Path store = path.toAbsolutePath().normalize();
    Path parent = store.getParent();
    if (parent == null || store.getFileName() == null) {
      throw new IOException(path + ": " + kind.noun() + " needs a folder to lie in");
    }
    if (!Files.isDirectory(parent)) {
      throw new NoSuchFileException(
          path.toString(), null, "its folder does not exist; create it first");
    }
    Path lockFile = sibling(store, "lock");
    FileChannel lock = lock(lockFile, path);
    try {
      mend(store, kind);
      checkTarget(store, path, replace, kind);
      // Not createTempDirectory, whose folders nobody else may read.
      String name = TEMPORARY + Long.toHexString(ThreadLocalRandom.current().nextLong());
      Path folder = Files.createDirectory(sibling(store, name));
      return new FolderTarget(kind, store, replace, lockFile, lock, folder);
    } catch (IOException | RuntimeException | Error e) {
      unlock(lockFile, lock);
      throw e;
    }
  }

  private static void checkTarget(Path store, Path path, boolean replace, Kind kind)
      throws IOException {
    if (!Files.exists(store, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!replace) {
      throw new FileAlreadyExistsException(
          path.toString(), null, "exists already; choose another name, or ask to overwrite it");
    }
    if (!Files.isDirectory(store, LinkOption.NOFOLLOW_LINKS) || !kind.isAt(store)) {
      throw new FileAlreadyExistsException(
          path.toString(),
          null,
          "exists and is not %s, so it is not replaced; remove it first".formatted(kind.noun()));
    }
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(store, entry -> !isOwn(entry, kind))) {
      for (Path foreign : folders) {
        throw new FileAlreadyExistsException(
            path.toString(),
            null,
            "is %s that holds the folder %s, which is none of its own, so it is not replaced"
                    .formatted(kind.noun(), foreign.getFileName())
                + "; move that first");
      }
    }
  }

  private static boolean isOwn(Path entry, Kind kind) {
    return !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
        || kind.isPart(entry.getFileName().toString());
  }

  /** Takes the lock; a writer that ended between our opening and locking has removed its file. */
  private static FileChannel lock(Path lockFile, Path store) throws IOException {
    // Asked first: closing a second channel of the file would give up this process's own lock.
    if (!HELD.add(lockFile)) {
      throw busy(lockFile, store);
    }
    try {
      while (true) {
        FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isLocked(lockFile, channel, store)) {
          return channel;
        }
        channel.close();
      }
    } catch (ClosedByInterruptException e) {
      removeIfFree(lockFile);
      HELD.remove(lockFile);
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      HELD.remove(lockFile);
      throw e;
    }
  }

  /** An interrupt closes the channel, and so gives up the lock, before its file can be removed. */
  private static void removeIfFree(Path lockFile) throws IOException {
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null && isSameFile(lockFile, channel)) {
        Files.deleteIfExists(lockFile);
      }
    } catch (NoSuchFileException e) {
      // Somebody else has removed it.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isLocked(Path lockFile, FileChannel channel, Path store)
      throws IOException {
    try {
      if (channel.tryLock() == null) {
        throw busy(lockFile, store);
      }
      return isSameFile(lockFile, channel);
    } catch (OverlappingFileLockException e) {
      // This process holds it under another name of the folder. The channel stays open: to close it
      // would give up that lock as well.
      throw busy(lockFile, store);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static IOException busy(Path lockFile, Path store) {
    return new IOException(
        "%s: another writer is at work (it holds %s); wait for it".formatted(store, lockFile));
  }

  private static void unlock(Path lockFile, FileChannel lock) throws IOException {
    try (lock) {
      Files.deleteIfExists(lockFile);
    } finally {
      HELD.remove(lockFile);
    }
  }

  /** Writes through the channel what the path must then show, if both are one file. */
  private static boolean isSameFile(Path lockFile, FileChannel channel) throws IOException {
    long mark = 1 + (System.nanoTime() & 0xFFFF);
    channel.truncate(0);
    channel.write(ByteBuffer.allocate((int) mark), 0);
    try {
      return Files.size(lockFile) == mark;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Finishes what a writer began that died: its temporary folders go, an interrupted swap ends. */
  private static void mend(Path store, Kind kind) throws IOException {
    for (Path left : siblings(store, TEMPORARY)) {
      deleteIfPossible(left, kind);
    }
    for (Path old : siblings(store, OLD)) {
      if (Files.exists(store)) {
        deleteIfPossible(old, kind);
      } else {
        Files.move(old, store);
      }
    }
  }

  /** The store that an interrupted replacement set aside, if the store itself is missing. */
  public static Optional<Path> interrupted(Path store) throws IOException {
    if (store.getFileName() == null) {
      return Optional.empty();
    }
    return siblings(store.toAbsolutePath(), OLD).stream().findFirst();
  }

  private static List<Path> siblings(Path store, String kind) throws IOException {
    List<Path> found = new ArrayList<>();
    Path parent = store.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return found;
    }
    String prefix = siblingPrefix(store) + kind;
    // Nothing but our digits may follow: a store may be named train.old-1 itself. And no glob: a
    // name may hold its wildcards.
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(parent, p -> isOurs(p.getFileName().toString(), prefix))) {
      entries.forEach(found::add);
    }
    return found;
  }

  /** A hidden sibling of a store: its lock, its unfinished or its replaced form. */
  private static Path sibling(Path store, String suffix) {
    return store.resolveSibling(siblingPrefix(store) + suffix);
  }

  private static String siblingPrefix(Path store) {
    return "." + store.getFileName() + ".";
  }

  private static boolean isOurs(String name, String prefix) {
    return name.startsWith(prefix) && name.substring(prefix.length()).matches("[0-9a-f]{1,32}");
  }

  /** The empty hidden folder in which the store is written. */
  public Path folder() {
    return folder;
  }

  /** The path that messages name. */
  public Path store() {
    return store;
  }

  /**
   * Puts the finished folder in place.
   *
   * @param id of what is in it
   */
  public void publish(String id) throws IOException {
    Fsync.folder(folder);
    if (Files.exists(store, LinkOption.NOFOLLOW_LINKS)) {
      checkTarget(store, store, replace, kind);
      replace(id);
    } else {
      Files.move(folder, store, StandardCopyOption.ATOMIC_MOVE);
    }
    Fsync.folder(folder.getParent());
  }

  private void replace(String id) throws IOException {
    if (PathExchange.swap(folder, store)) {
      deleteIfPossible(folder, kind);
      return;
    }
    Path old = sibling(store, OLD + id);
    Files.move(store, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(folder, store, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, store, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    deleteIfPossible(old, kind);
  }

  /**
   * Deletes what is in nobody's way any more: that a new store is in its place does not fail
   * because the old one cannot be deleted.
   */
  public static void deleteIfPossible(Path folder, Kind kind) {
    try {
      delete(folder, kind);
    } catch (IOException e) {
      // The next writer tries again.
    }
  }

  /** Deletes a store or a data set: files, and folders of parts. A link goes, not what it names. */
  public static void delete(Path folder, Kind kind) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(folder);
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (kind.isPart(file.getFileName().toString())) {
          delete(file, kind);
        } else {
          Files.delete(file);
        }
      }
    }
    Files.delete(folder);
  }

  /** Removes what is unfinished and gives up the lock. */
  @Override
  public void close() throws IOException {
    try {
      if (Files.isDirectory(folder)) {
        delete(folder, kind);
      }
    } finally {
      unlock(lockFile, lock);
    }
  }
}
