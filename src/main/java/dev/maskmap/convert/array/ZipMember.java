package dev.maskmap.convert.array;

/**
 * A member of a ZIP archive, as the central directory gives it (APPNOTE.TXT, section 4.3.12).
 *
 * @param name as {@link MemberNames} reads it
 * @param flags general purpose bits
 * @param method of compression
 * @param crc CRC-32 of the content
 * @param packedBytes bytes in the archive
 * @param bytes of the content
 * @param offset where its local header begins
 */
record ZipMember(
    String name, int flags, int method, int crc, long packedBytes, long bytes, long offset) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final int ENCRYPTED = 1;

  /** No deflate stream grows to more than 1,032 times its size: 258 bytes by 2 bits. */
  private static final int MOST_GROWTH = 1032;

  /** Says whether it is a folder, which has no content. */
  boolean isFolder() {
    return name.endsWith("/") && bytes == 0;
  }

  /**
   * Checks that its content can be read, as far as the directory tells.
   *
   * @throws Refusal if not
   */
  void check() throws Refusal {
    if ((flags & ENCRYPTED) != 0) {
      throw new Refusal("is encrypted; decrypt it first");
    }
    if (method != STORED && method != DEFLATED) {
      throw new Refusal(
          "is compressed by method %d; expected 0 (stored) or 8 (deflate), as numpy.savez writes"
              .formatted(method));
    }
    if (method == STORED && packedBytes != bytes) {
      throw new Refusal(
          "corrupt archive: stored in %d bytes, and its content has %d"
              .formatted(packedBytes, bytes));
    }
    if (bytes / MOST_GROWTH > packedBytes) {
      throw new Refusal(
          "corrupt archive: %d compressed bytes cannot hold %d".formatted(packedBytes, bytes));
    }
  }
}
