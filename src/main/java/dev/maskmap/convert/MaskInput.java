package dev.maskmap.convert;

import dev.maskmap.convert.pixels.MaskSource;
import java.io.IOException;

/** One input of an import, opened only when its turn comes. */
public interface MaskInput {
  /** The name that its mask would get, were it one: of a file, its path without extension. */
  String name();

  /** What messages call it: its path. */
  String origin();

  /** Its size on disk, or 0 where that cannot be told. */
  long bytes();

  /**
   * Opens it, on the thread that runs the import. The caller closes the source.
   *
   * @throws IOException if it cannot be read or is not what it should be; one line that begins with
   *     {@link #origin}
   */
  MaskSource open() throws IOException;
}
