package dev.maskmap.internal.files;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file is not what a store needs. The message names the file, what was found, what was expected
 * and how to mend it. Public methods turn it into the exception of their own package.
 */
public final class FileFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  FileFormatException(Path file, String problem) {
    super(file + ": " + problem);
  }
}
