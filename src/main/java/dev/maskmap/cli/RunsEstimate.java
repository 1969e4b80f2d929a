package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.internal.kernel.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a store of bits would take as runs. Some masks are looked at, spread evenly, and of large
 * ones a part; the rest is taken to be like them.
 *
 * @param bytes of the store as runs
 * @param pay whether those are so few that the store should be converted
 */
record RunsEstimate(long bytes, boolean pay) {
  /** Packed bytes that are looked at in all, or in 32 masks: some hundredths of a second. */
  private static final int MAX_BYTES = 1 << 24;

  /** Packed bytes of one mask that are: the middle alone has more edges than the rest. */
  private static final int MAX_MASK_BYTES = 1 << 21;

  private static final String ENDING = ".masks";
  private static final Pattern PLAIN = Pattern.compile("[\\w./,:@%+=-]+");

  /** Nothing where there are runs, and for bare arrays, which are somebody else's files. */
  static Optional<RunsEstimate> ofBits(MaskStore store) throws IOException {
    return store.hasNames() && StoreFiles.isPlain(store)
        ? Optional.of(of(store))
        : Optional.empty();
  }

  private static RunsEstimate of(MaskStore store) throws IOException {
    long packed = StoreFiles.plainBytes(store);
    int fit = (int) (MAX_BYTES / (packed / store.size() + 1));
    int count = EvenSpread.count(store.size(), Math.max(fit, MiddlePart.MAX_MASKS));
    long runs = 0;
    long rows = 0;
    long plain = 0;
    for (int i = 0; i < count; i++) {
      PackedMask part =
          MiddlePart.of(store, EvenSpread.index(store.size(), count, i), MAX_MASK_BYTES).packed();
      int width = part.width();
      int packedRows = part.rows().length / width;
      for (int r = 0; r < packedRows; r++) {
        runs += Runs.length(part.rows(), r * width, width);
      }
      rows += packedRows;
      plain += part.rows().length;
    }
    double share = (double) (runs + Integer.BYTES * rows) / plain;
    long bytes = StoreFiles.bytes(store) - packed + Math.round(share * packed);
    return new RunsEstimate(bytes, Runs.pay(runs, rows, plain));
  }

  /** Says in one line what the store would take, and how to have it. */
  String advice(MaskStore store) throws IOException {
    Path path = store.path();
    // A name to put an ending on: that of a folder as it is typed may be a dot.
    if (path.getFileName() == null || path.normalize().equals(Path.of(""))) {
      path = path.toRealPath();
    }
    String from = path.toString();
    String name = from.endsWith(ENDING) ? from.substring(0, from.length() - ENDING.length()) : from;
    return String.format(
        Locale.ROOT,
        "about %s, %.3f times as much: maskmap convert %s -o %s --layout runs",
        ByteSize.text(bytes),
        (double) bytes / StoreFiles.bytes(store),
        word(from),
        word(name + "-runs" + ENDING));
  }

  /** A path as a shell reads it back. */
  private static String word(String path) {
    String safe = path.startsWith("-") ? "./" + path : path;
    return PLAIN.matcher(safe).matches() ? safe : "'" + safe.replace("'", "'\\''") + "'";
  }
}
