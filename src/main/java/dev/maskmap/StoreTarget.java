package dev.maskmap;

import dev.maskmap.internal.files.FolderTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The place where a store or a data set will appear as a whole: see {@link FolderTarget}. */
final class StoreTarget implements WriteTarget {
  private static final FolderTarget.Kind KIND =
      new FolderTarget.Kind() {
        @Override
        public boolean isAt(Path folder) {
          return MaskStore.isStore(folder);
        }

        @Override
        public boolean isPart(String name) {
          return DataSet.isPart(name);
        }

        @Override
        public String noun() {
          return "a store";
        }
      };

  private final FolderTarget target;

  private StoreTarget(FolderTarget target) {
    this.target = target;
  }

  /** As {@link FolderTarget#open}. */
  static StoreTarget open(Path path, boolean replace) throws IOException {
    return new StoreTarget(FolderTarget.open(path, replace, KIND));
  }

  /** As {@link FolderTarget#interrupted}. */
  static Optional<Path> interrupted(Path store) throws IOException {
    return FolderTarget.interrupted(store);
  }

  /** As {@link FolderTarget#deleteIfPossible}. */
  static void deleteIfPossible(Path folder) {
    FolderTarget.deleteIfPossible(folder, KIND);
  }

  /** As {@link FolderTarget#delete}. */
  static void delete(Path folder) throws IOException {
    FolderTarget.delete(folder, KIND);
  }

  @Override
  public Path folder() {
    return target.folder();
  }

  @Override
  public Path store() {
    return target.store();
  }

  @Override
  public Set<String> takenNames() {
    return Set.of();
  }

  @Override
  public void publish(Manifest manifest) throws IOException {
    publish(manifest.id());
  }

  /** As {@link FolderTarget#publish}. */
  void publish(String id) throws IOException {
    target.publish(id);
  }

  @Override
  public void close() throws IOException {
    target.close();
  }
}
