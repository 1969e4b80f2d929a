package dev.maskmap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the packed rows of a store under way once more, as bits in place of runs. */
final class RunsToBits {
  private RunsToBits() {}

  /**
   * Writes all masks, and deletes the runs.
   *
   * @param folder of the store
   * @param manifest of the store as runs; none of their files is open
   * @param files of the folder that hold the runs: the two layouts share names
   * @param bits opened when those have been moved aside, and not finished here
   */
  static RowsWriter run(Path folder, Manifest manifest, Iterable<String> files, Opener bits)
      throws IOException {
    // Named like a part: whoever clears up after a writer that died goes into those.
    Path aside = Files.createDirectory(folder.resolve(DataSet.name(0)));
    for (String name : files) {
      Files.move(folder.resolve(name), aside.resolve(name));
    }
    RowsWriter to = bits.open();
    try (PackedReader from =
        PackedReader.open(new StoreFolder(aside, manifest), manifest, RunsToBits::damaged)) {
      for (long i = 0; i < manifest.masks(); i++) {
        PackedReader.Packed mask = from.next();
        to.append(mask.size(), mask.rows());
      }
    }
    StoreTarget.delete(aside);
    return to;
  }

  /** Makes a writer that its caller closes. */
  @FunctionalInterface
  interface Opener {
    RowsWriter open() throws IOException;
  }

  private static void damaged(String file, String what) {
    throw new IllegalStateException(file + ": " + what + ", though just written");
  }
}
