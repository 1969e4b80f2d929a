package dev.maskmap;

import java.io.IOException;
import java.io.UncheckedIOException;
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
   * @throws IOException also if the runs cannot be read back: the disk or the memory fails
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
    } catch (MaskFormatException | UncheckedIOException e) {
      // Its message would name the hidden folder, and advise to copy the store again.
      throw new IOException("what was just written reads back otherwise; check the disk", e);
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
    throw new UncheckedIOException(new IOException(file + ": " + what));
  }
}
