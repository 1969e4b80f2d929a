package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.io.IOException;

/** Finds the mask that an option names. */
final class MaskLookup {
  private MaskLookup() {}

  /**
   * Returns the index of the mask named {@code text}, or else {@code text} as an index.
   *
   * @throws IOException if the store has no such mask; names the store and what it has
   */
  static long index(MaskStore store, String text) throws IOException {
    long named = store.indexOf(text);
    if (named >= 0) {
      return named;
    }
    long masks = store.size();
    String range = "%d masks, 0 to %d".formatted(masks, masks - 1);
    if (!text.matches("[0-9]{1,18}")) {
      throw new IOException(
          "%s: no mask is named '%s' (it has %s)".formatted(store.path(), text, range));
    }
    long index = Long.parseLong(text);
    if (index >= masks) {
      throw new IOException("%s: no mask %s (it has %s)".formatted(store.path(), text, range));
    }
    return index;
  }
}
