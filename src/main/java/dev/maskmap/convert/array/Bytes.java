package dev.maskmap.convert.array;

import java.io.Closeable;
import java.io.IOException;

/** The content of one NPY file, member or headerless file. Used by one thread. */
interface Bytes extends Closeable {
  /**
   * Fills a range of {@code into}.
   *
   * @param position offset in the content; never below the end of the range read before
   * @throws Refusal if the content ends before, or is corrupt
   * @throws IOException if it cannot be read
   */
  void read(long position, byte[] into, int from, int length) throws IOException;

  /**
   * Called after the last read of a pass: checks what a checksum covers, where there is one.
   *
   * @throws Refusal if it is wrong
   */
  void finish() throws IOException;

  /** Opens the content, from its start, for one pass. */
  @FunctionalInterface
  interface Opener {
    Bytes open() throws IOException;
  }
}
