package dev.maskmap.cli;

import dev.maskmap.Layout;
import dev.maskmap.MaskStoreWriter;
import java.io.IOException;
import java.util.Locale;

/** What {@code --layout} takes. */
enum LayoutChoice {
  BITS,
  RUNS,
  /** Runs where they are under a quarter of the bytes, else bits. */
  AUTO;

  /** What the writer begins with. */
  Layout written() {
    return this == BITS ? Layout.BITS : Layout.RUNS;
  }

  /** Commits what a writer wrote that began so. */
  void commit(MaskStoreWriter writer) throws IOException {
    if (this == AUTO) {
      writer.commitSuited();
    } else {
      writer.commit();
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
