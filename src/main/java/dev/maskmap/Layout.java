package dev.maskmap;

import java.util.Locale;

/**
 * How a store holds its packed rows. Every layout holds the same masks and gives the same reads.
 */
public enum Layout {
  /** Plain, one bit a pixel: an array that {@code numpy.load} maps and {@code unpackbits} reads. */
  BITS,

  /**
   * Each packed row as its runs of equal bytes, or plain where those would not be shorter. Masks of
   * things take a fortieth of the bits and are read faster, because they fit the cache; noise takes
   * a few per cent more.
   */
  RUNS;

  /** The name in files and options: {@code bits} or {@code runs}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The file of the packed rows. */
  String file() {
    return this == BITS ? StoreFiles.MASKS : StoreFiles.RUNS;
  }
}
