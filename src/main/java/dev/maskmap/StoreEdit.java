package dev.maskmap;

import dev.maskmap.internal.files.StoreFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stores never change, so to edit one is to write another and put it in its place. The packed bytes
 * of the masks that stay are copied as they are, and so is their order. Of a data set only the
 * parts that hold an edited mask are written again. Whoever has the store open keeps reading what
 * it had.
 *
 * <p>An edit that fails leaves the store as it was. The memory it needs grows with the names
 * edited, and in a store with its own.
 */
public final class StoreEdit {
  private final Path store;

  /** By name: the mask to put there, or nothing to remove it. */
  private final Map<String, Optional<Mask>> edits;

  private StoreEdit(Path store, Map<String, Optional<Mask>> edits) {
    this.store = store;
    this.edits = edits;
  }

  /**
   * Removes masks.
   *
   * @throws IllegalArgumentException if a name is not in the store, or no mask would be left
   * @throws IOException if the store cannot be read, a mask that stays is damaged, another writer
   *     holds the store, or the disk is full
   */
  public static void remove(Path store, Collection<String> names) throws IOException {
    Map<String, Optional<Mask>> edits = new HashMap<>();
    names.forEach(name -> edits.put(name, Optional.empty()));
    new StoreEdit(store, edits).run();
  }

  /**
   * Puts masks in the place of those of the same name, whatever their sizes.
   *
   * @param masks a store with names, all of which are in {@code store}; it stays open
   * @throws IllegalArgumentException if a name is not in the store, or {@code masks} has none
   * @throws IOException as {@link #remove}
   */
  public static void replace(Path store, MaskStore masks) throws IOException {
    if (!masks.hasNames()) {
      throw new IllegalArgumentException(
          masks.path() + ": its masks have no names, by which others could be replaced");
    }
    Map<String, Optional<Mask>> edits = new HashMap<>();
    for (long i = 0; i < masks.size(); i++) {
      edits.put(masks.name(i), Optional.of(masks.mask(i)));
    }
    new StoreEdit(store, edits).run();
  }

  private void run() throws IOException {
    if (DataSet.isAt(store)) {
      editDataSet();
    } else if (Files.exists(store.resolve(StoreFiles.MANIFEST))) {
      editStore();
    } else {
      // Says what is wrong with anything else: a missing path, a folder, an array.
      MaskStore.open(store).close();
      throw new IllegalArgumentException(
          store + ": a bare array has no names; pack it into a store first");
    }
  }

  private void editStore() throws IOException {
    Layout layout = Manifest.read(store).layout();
    try (MaskStoreWriter writer = MaskStoreWriter.replace(store, layout);
        MaskStore old = MaskStore.open(store)) {
      check(old);
      copy(old, writer);
      writer.commit();
    }
  }

  /** Finds every name before anything is written. */
  private void check(MaskStore old) {
    Set<String> missing = new HashSet<>(edits.keySet());
    long removed = 0;
    for (long i = 0; i < old.size(); i++) {
      String name = old.name(i);
      missing.remove(name);
      Optional<Mask> edit = edits.get(name);
      removed += edit != null && edit.isEmpty() ? 1 : 0;
    }
    if (!missing.isEmpty()) {
      String first = missing.stream().min(String::compareTo).orElseThrow();
      String more = missing.size() > 1 ? ", nor %d more".formatted(missing.size() - 1) : "";
      throw new IllegalArgumentException("%s: no mask is named %s%s".formatted(store, first, more));
    }
    if (removed == old.size()) {
      throw new IllegalArgumentException(
          store + ": no mask would be left, and a store holds one or more; delete the folder");
    }
  }

  /** Whether any of a store's masks is edited. */
  private boolean concerns(MaskStore part) {
    for (long i = 0; i < part.size(); i++) {
      if (edits.containsKey(part.name(i))) {
        return true;
      }
    }
    return false;
  }

  /** Copies what stays and adds what is new; gives the number of masks written. */
  private long copy(MaskStore old, MaskStoreWriter writer) throws IOException {
    long written = 0;
    StoreFolder folder = new StoreFolder(old.path(), Manifest.read(old.path()));
    try (StoreFileReader crcs = folder.reader(StoreFiles.CRC32, "<u4", old.size())) {
      for (long i = 0; i < old.size(); i++) {
        long crc = crcs.nextUnsignedInt();
        Optional<Mask> edit = edits.get(old.name(i));
        if (edit == null) {
          writer.addCopy(old.mask(i), crc);
          written++;
        } else if (edit.isPresent()) {
          Mask mask = edit.get();
          writer.addPacked(old.name(i), mask.height(), mask.width(), mask.packed());
          written++;
        }
      }
    }
    return written;
  }

  private void editDataSet() throws IOException {
    Path folder = store.toAbsolutePath().normalize();
    // For its lock; the store that it would make is not needed.
    try (StoreTarget lock = StoreTarget.open(store, true)) {
      DataSet before = DataSet.read(folder);
      DataSetTarget.deleteUnlisted(folder, before.parts());
      DataSet after = before;
      try {
        try (MaskStore old = MaskStore.open(store)) {
          check(old);
        }
        DataSet edited = new DataSet(edited(folder, before));
        DataSetTarget.write(edited, lock.store());
        after = edited;
      } finally {
        DataSetTarget.deleteUnlisted(folder, after.parts());
      }
    }
  }

  private List<DataSet.Part> edited(Path folder, DataSet before) throws IOException {
    List<DataSet.Part> parts = new ArrayList<>();
    int number = before.nextNumber();
    for (DataSet.Part part : before.parts()) {
      try (MaskStore old = MaskStore.open(folder.resolve(part.store()))) {
        if (concerns(old)) {
          Path place = Files.createDirectory(DataSetTarget.next(folder, number));
          rewrite(old, place).ifPresent(parts::add);
        } else {
          parts.add(part);
        }
      }
    }
    return parts;
  }

  /** Writes a part anew, unless nothing of it is left. */
  private Optional<DataSet.Part> rewrite(MaskStore old, Path place) throws IOException {
    PartTarget target = new PartTarget(store, place);
    try (MaskStoreWriter writer = MaskStoreWriter.open(target, null, old.layout())) {
      if (copy(old, writer) > 0) {
        writer.commit();
      }
    }
    return target.part();
  }
}
