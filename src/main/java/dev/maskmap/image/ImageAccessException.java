package dev.maskmap.image;

import java.nio.file.Path;

/**
 * The bytes of open images can no longer be read: their file was cut short, or its disk or network
 * failed, while it was mapped. Nothing is known about a destination that was being written.
 */
public final class ImageAccessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ImageAccessException(Path images, Throwable cause) {
    super(
        images
            + ": the mapped bytes can no longer be read: a file was cut short, or its disk failed,"
            + " after it was opened; restore the file and open it again",
        cause);
  }
}
