package dev.maskmap;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file is not what a store needs: cut short, damaged, of an unknown version, or of another kind.
 * The message names the file, what was found, what was expected and how to mend it.
 */
public final class MaskFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  MaskFormatException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /** For errors of the readers below, whose messages name the file already. */
  MaskFormatException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
