package dev.maskmap;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Opens folders, which a writer may replace while they are opened. */
final class StoreOpener {
  /** How often opening starts again when the store is replaced under it. */
  private static final int ATTEMPTS = 10;

  private StoreOpener() {}

  /** As {@link MaskStore#open}. */
  static MaskStore open(Path path) throws IOException {
    checkPlatform();
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    checkExists(path);
    return BareArray.openNpy(path, 0);
  }

  /** As {@link MaskStore#openPacked}. */
  static MaskStore openPacked(Path npy, int height) throws IOException {
    checkPlatform();
    if (height < 1) {
      throw new IllegalArgumentException("height %d: expected 1 or more".formatted(height));
    }
    checkExists(npy);
    return BareArray.openNpy(npy, height);
  }

  /** As {@link MaskStore#openRaw}. */
  static MaskStore openRaw(Path file, long offset, long masks, int height, int width)
      throws IOException {
    checkPlatform();
    UniformShapes shapes = new UniformShapes(masks, new MaskSize(height, width));
    if (offset < 0 || offset > Long.MAX_VALUE - shapes.bytes()) {
      throw new IllegalArgumentException("offset %d: expected 0 or more".formatted(offset));
    }
    checkExists(file);
    return BareArray.openRaw(file, offset, shapes);
  }

  static void checkPlatform() {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new UnsupportedOperationException("maskmap runs on little-endian machines only");
    }
  }

  private static void checkExists(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw missing(path);
    }
  }

  /** As {@link MaskStore#openAll(List)}. */
  static MaskStore openAll(List<Path> paths) throws IOException {
    checkPlatform();
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("no stores; give one or more");
    }
    if (paths.size() == 1) {
      return open(paths.getFirst());
    }
    return inNewArena(arena -> mapAll(paths, arena));
  }

  /** As {@link MaskStore#openAll(Path, String)}. */
  static MaskStore openAll(Path folder, String glob) throws IOException {
    List<Path> stores = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      found.forEach(stores::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (stores.isEmpty()) {
      throw new NoSuchFileException(folder.resolve(".") + " has no '" + glob + "'");
    }
    stores.sort(Comparator.comparing(path -> path.getFileName().toString()));
    return openAll(stores);
  }

  /** Maps what a store needs into the arena that the store will own. */
  @FunctionalInterface
  interface Opener {
    MaskStore open(Arena arena) throws IOException;
  }

  /** Opens a store, or a data set of stores. */
  private static MaskStore folder(Path folder) throws IOException {
    return inNewArena(arena -> mapFolder(folder, arena));
  }

  /** What was mapped of a store that is replaced meanwhile stays so as long as the arena. */
  private static MaskStore mapFolder(Path folder, Arena arena) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Record found = describe(folder);
      MaskStore opened = null;
      IOException failure = null;
      try {
        opened = map(folder, found, arena);
      } catch (IOException e) {
        failure = e;
      }
      // A writer may have put another store in this place between the first file and the last.
      boolean replaced = !isStill(folder, found);
      if (opened != null && !replaced) {
        return opened;
      }
      if (failure != null && !replaced) {
        throw failure;
      }
      if (attempt == ATTEMPTS) {
        throw new MaskFormatException(folder, "is being replaced over and over; try again");
      }
    }
  }

  /** The document that says what a folder holds: a {@link Manifest} or a {@link DataSet}. */
  private static Record describe(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      throw missing(folder);
    }
    boolean isSet =
        !Files.exists(folder.resolve(StoreFiles.MANIFEST))
            && Files.exists(folder.resolve(StoreFiles.DATA_SET));
    return isSet ? DataSet.read(folder) : Manifest.read(folder);
  }

  private static boolean isStill(Path folder, Record found) {
    try {
      return describe(folder).equals(found);
    } catch (IOException e) {
      return false;
    }
  }

  private static MaskStore map(Path folder, Record found, Arena arena) throws IOException {
    return found instanceof DataSet set
        ? mapDataSet(folder, set, arena)
        : mapStore(folder, (Manifest) found, arena);
  }

  private static MaskStore mapStore(Path store, Manifest manifest, Arena arena) throws IOException {
    return new MaskStore(
        store, arena, manifest.id(), List.of(StorePart.map(store, manifest, arena)));
  }

  private static MaskStore mapDataSet(Path folder, DataSet set, Arena arena) throws IOException {
    List<StorePart> parts = new ArrayList<>();
    for (DataSet.Part part : set.parts()) {
      Path store = folder.resolve(part.store());
      Manifest manifest = Manifest.read(store);
      if (!manifest.id().equals(part.id()) || manifest.masks() != part.masks()) {
        throw new MaskFormatException(
            store,
            "%d masks and id %s, and %s says %d and %s; copy the data set again"
                .formatted(
                    manifest.masks(), manifest.id(), StoreFiles.DATA_SET, part.masks(), part.id()));
      }
      parts.add(StorePart.map(store, manifest, arena));
    }
    return new MaskStore(folder, arena, set.id(), parts);
  }

  private static MaskStore mapAll(List<Path> paths, Arena arena) throws IOException {
    List<StorePart> parts = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        checkExists(path);
        throw new MaskFormatException(
            path, "a bare array, and several are opened as one only if they are stores; pack it");
      }
      MaskStore one = mapFolder(path, arena);
      for (int p = 0; p < one.partCount(); p++) {
        parts.add(one.part(p));
        ids.add(Objects.requireNonNull(one.part(p).index()).id());
      }
    }
    return new MaskStore(paths.getFirst(), arena, DataSet.id(ids), parts);
  }

  /** Gives the store an arena of its own, which is closed again if the store cannot be opened. */
  @SuppressWarnings("MustBeClosedChecker")
  static MaskStore inNewArena(Opener opener) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return opener.open(arena);
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** What to say of a path where nothing is. */
  private static IOException missing(Path path) throws IOException {
    return StoreTarget.interrupted(path)
        .<IOException>map(
            old ->
                new MaskFormatException(
                    path,
                    "missing, because replacing it was interrupted; the old store is whole: rename "
                        + old
                        + " to "
                        + path.getFileName()))
        .orElseGet(() -> new NoSuchFileException(path.toString(), null, "no such file or folder"));
  }
}
