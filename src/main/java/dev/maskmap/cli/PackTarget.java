package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.convert.ImportOptions.NameCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The store that {@code pack} writes, and what is there before.
 *
 * @param store its path
 * @param mode what becomes of one that is there
 */
record PackTarget(Path store, StoreOutput.Mode mode) {
  /**
   * Refuses a target that cannot be, before the work is done rather than after.
   *
   * @throws IOException if something else is there than the mode says
   */
  void check() throws IOException {
    switch (mode) {
      case CREATE -> StoreFiles.checkTarget(store, false);
      case OVERWRITE -> StoreFiles.checkTarget(store, true);
      case APPEND -> {
        // A plain store is refused with more words by the writer.
        if (!MaskStore.isStore(store)) {
          StoreFiles.checkTarget(store, false);
        }
      }
      case REPLACE -> {
        if (!MaskStore.isStore(store)) {
          throw new IOException(store + ": no store; --replace needs one whose masks are replaced");
        }
      }
    }
  }

  /**
   * Returns the check of names against those that are there.
   *
   * @throws IOException if the store that is there cannot be read
   */
  NameCheck names() throws IOException {
    boolean asks = mode == StoreOutput.Mode.APPEND || mode == StoreOutput.Mode.REPLACE;
    if (!asks || !MaskStore.isStore(store)) {
      return NameCheck.NONE;
    }
    Set<String> there = new HashSet<>();
    try (MaskStore masks = MaskStore.open(store)) {
      for (long i = 0; i < masks.size(); i++) {
        there.add(masks.name(i));
      }
    }
    return mode == StoreOutput.Mode.APPEND
        ? name ->
            there.contains(name)
                ? "%s has a mask '%s' already; --replace replaces it".formatted(store, name)
                : null
        : name ->
            there.contains(name) ? null : "%s has no mask '%s' to replace".formatted(store, name);
  }
}
