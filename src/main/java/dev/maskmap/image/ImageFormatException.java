package dev.maskmap.image;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file is no array or store of images, or a damaged one, or of an unknown version. The message
 * names the file, what was found, what was expected and how to mend it.
 */
public final class ImageFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  ImageFormatException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /** For errors of the readers below, whose messages name the file already. */
  ImageFormatException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
