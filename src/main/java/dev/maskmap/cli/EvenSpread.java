package dev.maskmap.cli;

/** Masks to look at where looking at all would take too long. */
final class EvenSpread {
  private EvenSpread() {}

  /** How many of {@code size} masks are looked at. */
  static int count(long size, int most) {
    return (int) Math.min(size, most);
  }

  /** The index of the one at {@code place}, of {@code count} spread evenly over {@code size}. */
  static long index(long size, int count, int place) {
    // In two parts, so that the products fit a long for any number of masks.
    return size / count * place + size % count * place / count;
  }
}
