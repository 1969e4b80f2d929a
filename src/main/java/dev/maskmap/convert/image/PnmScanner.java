package dev.maskmap.convert.image;

import java.io.IOException;

/** Reads the tokens and bytes of a PNM file, one after the other. */
final class PnmScanner {
  /** Beyond any width or value that is accepted, and far from overflowing. */
  private static final int MAX_NUMBER = 1 << 30;

  private final byte[] file;
  private int at;

  PnmScanner(byte[] file) {
    this.file = file;
  }

  /** Returns the digit of {@code P1} to {@code P6}, which the file is known to begin with. */
  int magic() {
    at = 2;
    return file[1] - '0';
  }

  /**
   * Returns the next decimal number, after white space and comments.
   *
   * @throws IOException if there is none, or one beyond a billion
   */
  int number(String what) throws IOException {
    skipBlanks();
    int first = at;
    long value = 0;
    for (; at < file.length && file[at] >= '0' && file[at] <= '9'; at++) {
      value = Math.min(10 * value + file[at] - '0', MAX_NUMBER);
    }
    if (first == file.length) {
      throw new IOException(
          "truncated PNM: it ends at byte %d, expected its %s".formatted(at, what));
    }
    if (at == first || value == MAX_NUMBER) {
      throw new IOException("corrupt PNM: no %s at byte %d".formatted(what, first));
    }
    return (int) value;
  }

  /** Returns the next digit 0 or 1; between those of a plain PBM there need be no white space. */
  int bit() throws IOException {
    skipBlanks();
    if (at == file.length) {
      throw new IOException("truncated PNM: it ends at byte %d, within its pixels".formatted(at));
    }
    if (file[at] != '0' && file[at] != '1') {
      throw new IOException("corrupt PNM: no pixel 0 or 1 at byte " + at);
    }
    return file[at++] - '0';
  }

  /** Passes the one white space that ends a header. */
  void endOfHeader() throws IOException {
    if (at < file.length && !blank(file[at])) {
      throw new IOException("corrupt PNM: its header does not end at byte " + at);
    }
    at++;
  }

  /** Returns where the next byte is. */
  int position() {
    return Math.min(at, file.length);
  }

  void skip(int bytes) {
    at += bytes;
  }

  /**
   * Checks that nothing but white space follows.
   *
   * @throws IOException if something does: another image, perhaps
   */
  void end() throws IOException {
    while (at < file.length && blank(file[at])) {
      at++;
    }
    if (at < file.length) {
      throw new IOException(
          "%d bytes behind its image, from byte %d on; of several images in one file, make one file"
                  .formatted(file.length - at, at)
              + " each (pamsplit does it)");
    }
  }

  private void skipBlanks() {
    while (at < file.length && (blank(file[at]) || file[at] == '#')) {
      boolean comment = file[at++] == '#';
      while (comment && at < file.length && file[at] != '\n' && file[at] != '\r') {
        at++;
      }
    }
  }

  private static boolean blank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
