package dev.maskmap.cli;

import dev.maskmap.Mask;
import dev.maskmap.MaskStore;
import java.io.PrintWriter;
import java.util.Locale;

/** The masks of a store as a table for scripts: one a line, tabs between. */
final class MaskList {
  private static final String HEADER = "index\tname\theight\twidth\tforeground\tshare\n";

  /** Written at once: the output is flushed with each line otherwise. */
  private static final int BLOCK_CHARACTERS = 1 << 14;

  private MaskList() {}

  /** Prints a header and all masks. Names hold no tabs: a store refuses control characters. */
  static void print(MaskStore store, PrintWriter out) {
    StringBuilder block = new StringBuilder(HEADER);
    boolean wanted = true;
    for (long i = 0; i < store.size() && wanted; i++) {
      append(block, store.mask(i));
      if (block.length() > BLOCK_CHARACTERS || i == store.size() - 1) {
        out.print(block);
        block.setLength(0);
        // A reader that has seen enough, or a full disk.
        wanted = !out.checkError();
      }
    }
  }

  private static void append(StringBuilder block, Mask mask) {
    long foreground = mask.count();
    double share = (double) foreground / ((long) mask.height() * mask.width());
    block.append(mask.index()).append('\t').append(mask.name()).append('\t');
    block.append(mask.height()).append('\t').append(mask.width()).append('\t');
    block.append(foreground).append('\t');
    block.append(String.format(Locale.ROOT, "%.6f", share)).append('\n');
  }
}
