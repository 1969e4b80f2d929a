package dev.maskmap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What a full check of a store found.
 *
 * @param masks masks that were read
 * @param bytes bytes that were read
 * @param problems what is wrong, each naming its file; empty if the store is sound
 */
public record Verification(long masks, long bytes, List<String> problems) {
  /** So many problems are listed; the check ends there. */
  static final int MAX_PROBLEMS = 1000;

  /** Copies the list. */
  public Verification {
    problems = List.copyOf(problems);
  }

  /**
   * Reads all of a store and checks it against itself: lengths and checksums of every file, every
   * mask against its CRC-32 and its foreground sums, zeros past the height, and the names. A bare
   * NPY file holds no checksums: its header and length are checked.
   *
   * <p>The files are read, not mapped, so that damage of any kind is a problem and not an
   * exception.
   *
   * @param masksDone called with the number of masks read so far
   * @throws IOException if a file cannot be read
   */
  public static Verification of(Path store, LongConsumer masksDone) throws IOException {
    try {
      if (Files.isDirectory(store)) {
        Verifier verifier = new Verifier(store, Manifest.read(store), masksDone);
        verifier.run();
        return verifier.result();
      }
      try (MaskStore array = MaskStore.open(store)) {
        return new Verification(array.size(), 0, List.of());
      }
    } catch (MaskFormatException e) {
      return new Verification(0, 0, List.of(String.valueOf(e.getMessage())));
    }
  }
}
