package dev.maskmap;

import java.nio.file.Path;

/**
 * The bytes of an open store can no longer be read: its file was cut short, or its disk or network
 * failed, while it was mapped. Nothing is known about a destination that was being written.
 */
public final class MaskAccessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MaskAccessException(Path store, Throwable cause) {
    super(
        store
            + ": the mapped bytes can no longer be read: a file was cut short, or its disk failed,"
            + " after the store was opened; restore the file and open the store again",
        cause);
  }
}
