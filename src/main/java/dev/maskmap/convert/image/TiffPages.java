package dev.maskmap.convert.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** The chain of directories of a TIFF file: one a page. */
final class TiffPages {
  /** More than any stack of masks has; each costs us some bytes before a pixel is read. */
  static final int MAX_PAGES = 1 << 16;

  private TiffPages() {}

  /**
   * Returns where the directory of each page begins, in the order of the pages.
   *
   * @throws IOException if the chain leaves the file, is a loop, has no page or too many
   */
  static long[] of(Path file) throws IOException {
    try (TiffInput in = TiffInput.open(file)) {
      Set<Long> pages = new LinkedHashSet<>();
      for (long at = in.firstDirectory(); at != 0; at = in.offset(TiffDirectory.end(in, at))) {
        if (!pages.add(at)) {
          throw new IOException(
              "corrupt TIFF: its pages form a loop, the directory at byte %d comes again"
                  .formatted(at));
        }
        if (pages.size() > MAX_PAGES) {
          throw new IOException(
              "a TIFF of more than %d pages, which is as many as are read; split it"
                  .formatted(MAX_PAGES));
        }
      }
      if (pages.isEmpty()) {
        throw new IOException("corrupt TIFF: it has no page");
      }
      return pages.stream().mapToLong(Long::longValue).toArray();
    }
  }
}
