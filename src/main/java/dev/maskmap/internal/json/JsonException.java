package dev.maskmap.internal.json;

import java.io.IOException;

/**
 * A document is not strict JSON, or not the document that was expected. The message names the
 * source, the byte offset in it, what was found and what was expected.
 */
public final class JsonException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param offset byte offset in the document
   */
  JsonException(String source, int offset, String found, String expected) {
    super("%s: byte %d: found %s, expected %s".formatted(source, offset, found, expected));
  }
}
