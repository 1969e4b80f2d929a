package dev.maskmap;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
   * mask against its CRC-32 and its foreground sums, zeros past the height, and the names; of a
   * data set all parts. A bare NPY file holds no checksums: its header and length are checked.
   *
   * <p>The files are read, not mapped (but for the names of a sound data set), so that damage of
   * any kind is a problem and not an exception.
   *
   * @param masksDone called with the number of masks read so far
   * @throws IOException if a file cannot be read
   */
  public static Verification of(Path store, LongConsumer masksDone) throws IOException {
    try {
      if (!Files.exists(store.resolve(StoreFiles.MANIFEST))
          && Files.exists(store.resolve(StoreFiles.DATA_SET))) {
        return ofDataSet(store, masksDone);
      }
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

  private static Verification ofDataSet(Path folder, LongConsumer masksDone) throws IOException {
    DataSet set = DataSet.read(folder);
    List<String> problems = new ArrayList<>();
    long masks = 0;
    long bytes = 0;
    for (DataSet.Part part : set.parts()) {
      long before = masks;
      Verification found =
          ofPart(folder.resolve(part.store()), done -> masksDone.accept(before + done));
      problems.addAll(found.problems());
      masks += found.masks();
      bytes += found.bytes();
    }
    if (problems.isEmpty()) {
      checkNames(folder, problems);
    }
    int listed = Math.min(problems.size(), MAX_PROBLEMS);
    return new Verification(masks, bytes, problems.subList(0, listed));
  }

  /** Whatever is wrong with one part, the others are looked at too. */
  private static Verification ofPart(Path store, LongConsumer masksDone) throws IOException {
    try {
      Verifier verifier = new Verifier(store, Manifest.read(store), masksDone);
      verifier.run();
      return verifier.result();
    } catch (MaskFormatException | FileSystemException e) {
      return new Verification(0, 0, List.of(String.valueOf(e.getMessage())));
    }
  }

  /** Opening holds the parts against the document; names are unique over all of them. */
  private static void checkNames(Path folder, List<String> problems) throws IOException {
    Set<String> seen = new HashSet<>();
    try (MaskStore set = MaskStore.open(folder)) {
      for (long i = 0; i < set.size() && problems.size() < MAX_PROBLEMS; i++) {
        String name = set.name(i);
        if (!seen.add(name)) {
          problems.add(folder + ": two masks are named " + name);
        }
      }
    } catch (MaskFormatException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }
}
