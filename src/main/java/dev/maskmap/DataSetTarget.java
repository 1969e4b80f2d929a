package dev.maskmap;

import dev.maskmap.internal.files.Fsync;
import dev.maskmap.internal.files.StoreFileWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The place of one more part of a data set. The first part is written with its data set, which
 * appears as a whole; each further one is a store in the data set's folder that counts as soon as
 * the document lists it. Parts that no document lists are what a writer left that died.
 */
final class DataSetTarget implements WriteTarget {
  /** What fits the document, and about what a system maps at once. */
  private static final int MAX_PARTS = 10_000;

  private final Path dataSet;

  /** Holds the lock; its folder becomes the data set if there is none yet. */
  private final StoreTarget lock;

  private final List<DataSet.Part> parts;

  private final Path folder;
  private final boolean isNew;
  private boolean published;

  private DataSetTarget(
      Path dataSet, StoreTarget lock, List<DataSet.Part> parts, Path folder, boolean isNew) {
    this.dataSet = dataSet;
    this.lock = lock;
    this.parts = parts;
    this.folder = folder;
    this.isNew = isNew;
  }

  /** Locks the data set, if there is one, and makes the hidden folder of the part. */
  static DataSetTarget open(Path path) throws IOException {
    Path dataSet = path.toAbsolutePath().normalize();
    boolean isNew = isNew(dataSet, path);
    StoreTarget lock = StoreTarget.open(path, !isNew);
    try {
      List<DataSet.Part> parts = isNew ? List.of() : DataSet.read(dataSet).parts();
      if (!isNew) {
        deleteUnlisted(dataSet, parts);
      }
      checkRoom(parts, path);
      Path folder = next(isNew ? lock.folder() : dataSet, new DataSet(parts).nextNumber());
      return new DataSetTarget(dataSet, lock, parts, Files.createDirectory(folder), isNew);
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /** The layout of the last part, and bits where no data set is yet. */
  static Layout layout(Path dataSet) throws IOException {
    if (!DataSet.isAt(dataSet)) {
      return Layout.BITS;
    }
    String last = DataSet.read(dataSet).parts().getLast().store();
    return Manifest.read(dataSet.resolve(last)).layout();
  }

  private static void checkRoom(List<DataSet.Part> parts, Path path) throws IOException {
    if (parts.size() >= MAX_PARTS) {
      throw new IOException(
          "%s: has %d parts, the most a data set has; `maskmap pack %s -o OTHER` writes them into one"
              .formatted(path, parts.size(), path));
    }
  }

  /** The place of a new part, with the first number that nothing has. */
  static Path next(Path base, int number) throws IOException {
    int free = number;
    while (Files.exists(base.resolve(DataSet.name(free)), LinkOption.NOFOLLOW_LINKS)) {
      free++;
    }
    Path place = base.resolve(DataSet.name(free));
    if (!DataSet.isPart(DataSet.name(free))) {
      throw new IOException(place + ": no part has so high a number; pack the data set anew");
    }
    return place;
  }

  private static boolean isNew(Path dataSet, Path path) throws IOException {
    if (!Files.exists(dataSet, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!DataSet.isAt(dataSet)) {
      throw noDataSet(path);
    }
    return false;
  }

  private static IOException noDataSet(Path path) {
    String what =
        Files.exists(path.resolve(StoreFiles.MANIFEST))
            ? "a plain store, which never changes; `maskmap pack %s NEW... -o OTHER` writes its masks"
                    .formatted(path)
                + " and the new ones to a new store, and with --append to a data set that grows"
            : "exists and is not a data set; choose another name";
    return new FileAlreadyExistsException(path.toString(), null, what);
  }

  static void deleteUnlisted(Path dataSet, List<DataSet.Part> parts) throws IOException {
    Set<String> listed = new HashSet<>();
    parts.forEach(part -> listed.add(part.store()));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(dataSet)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (DataSet.isPart(name) && !listed.contains(name)) {
          StoreTarget.deleteIfPossible(entry);
        }
      }
    }
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Path store() {
    return dataSet;
  }

  @Override
  public Set<String> takenNames() throws IOException {
    Set<String> names = new HashSet<>();
    if (!isNew) {
      try (MaskStore masks = MaskStore.open(dataSet)) {
        for (long i = 0; i < masks.size(); i++) {
          names.add(masks.name(i));
        }
      }
    }
    return names;
  }

  @Override
  public void publish(Manifest manifest) throws IOException {
    Fsync.folder(folder);
    List<DataSet.Part> all = new ArrayList<>(parts);
    all.add(new DataSet.Part(folder.getFileName().toString(), manifest.masks(), manifest.id()));
    DataSet set = new DataSet(all);
    write(set, isNew ? lock.folder() : dataSet);
    published = true;
    if (isNew) {
      lock.publish(set.id());
    }
  }

  /** Puts the document of a data set in place, in one step. */
  static void write(DataSet set, Path folder) throws IOException {
    Path temporary = folder.resolve("." + StoreFiles.DATA_SET + ".tmp");
    Files.deleteIfExists(temporary);
    try (StoreFileWriter file = StoreFileWriter.plain(temporary)) {
      file.write(ByteBuffer.wrap(set.encode()));
      file.finish();
    }
    Files.move(
        temporary,
        folder.resolve(StoreFiles.DATA_SET),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Fsync.folder(folder);
  }

  @Override
  public void close() throws IOException {
    try {
      if (!published && !isNew) {
        StoreTarget.deleteIfPossible(folder);
      }
    } finally {
      lock.close();
    }
  }
}
