package dev.maskmap;

import dev.maskmap.internal.files.Fsync;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A part that takes the place of another one in a data set; whoever edits that lists it. */
final class PartTarget implements WriteTarget {
  private final Path dataSet;
  private final Path folder;
  private Optional<DataSet.Part> part = Optional.empty();

  /**
   * @param folder of the new part, empty
   */
  PartTarget(Path dataSet, Path folder) {
    this.dataSet = dataSet;
    this.folder = folder;
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
  public Set<String> takenNames() {
    return Set.of();
  }

  @Override
  public void publish(Manifest manifest) {
    Fsync.folder(folder);
    String name = folder.getFileName().toString();
    part = Optional.of(new DataSet.Part(name, manifest.masks(), manifest.id()));
  }

  /** The finished part; empty before it is published. */
  Optional<DataSet.Part> part() {
    return part;
  }

  /** Leaves the folder: one that no document lists is deleted with the edit. */
  @Override
  public void close() {}
}
