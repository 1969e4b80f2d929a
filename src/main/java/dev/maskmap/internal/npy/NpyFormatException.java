package dev.maskmap.internal.npy;

import java.io.IOException;

/**
 * A file is not the NPY file it should be. The message names the file, the byte offset in it, what
 * was found there, what was expected and, where one is known, the remedy.
 */
public final class NpyFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file what the message begins with: a path, or the name of what is inside one
   * @param offset byte offset in the file
   * @param remedy what the user can do, or an empty string
   */
  NpyFormatException(Object file, long offset, String found, String expected, String remedy) {
    super(
        "%s: byte %d: found %s, expected %s%s"
            .formatted(file, offset, found, expected, remedy.isEmpty() ? "" : "; " + remedy));
  }
}
