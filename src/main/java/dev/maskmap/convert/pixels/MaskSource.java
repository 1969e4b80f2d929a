package dev.maskmap.convert.pixels;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The masks of one input (a file, an archive, an annotation document) in a fixed order. Used by one
 * thread; the items that it gives may be read on others, and after the source is closed.
 */
public interface MaskSource extends Closeable {
  /**
   * Returns the next item, or null behind the last.
   *
   * @throws IOException if the input is damaged; the message is one line that begins with the file.
   *     There are no more items then.
   */
  @Nullable MaskItem next() throws IOException;
}
