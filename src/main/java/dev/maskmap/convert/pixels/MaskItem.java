package dev.maskmap.convert.pixels;

import java.io.IOException;

/** One mask of an input that is not read yet. It may be read on any thread, once. */
public interface MaskItem {
  /** The name that its mask gets, unless the user chooses other names. */
  String name();

  /** What messages call it: {@code a.png}, {@code a.npz: member}, {@code a.json: annotation 7}. */
  String origin();

  /** Bytes of input that it stands for, for progress and report. */
  long bytes();

  /**
   * Reads and decodes it.
   *
   * @throws IOException if it cannot be read or is not what it should be; the message is one line
   *     that begins with {@link #origin}
   */
  MaskPixels read() throws IOException;
}
