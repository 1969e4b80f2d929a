package dev.maskmap.convert.pixels;

/** Eight rows of eight bits in one long, the step between bits along rows and down columns. */
public final class BitSquare {
  private BitSquare() {}

  /**
   * Turns eight bytes about the diagonal: bit {@code c} of byte {@code r} becomes bit {@code r} of
   * byte {@code c}, both counted from the same end. First single bits change places in squares of 2
   * x 2, then these in squares of 4 x 4, then those in the whole (H. S. Warren, Hacker's Delight,
   * section 7-3).
   */
  public static long transpose(long block) {
    long swap = (block ^ block >>> 7) & 0x00AA00AA00AA00AAL;
    block ^= swap ^ swap << 7;
    swap = (block ^ block >>> 14) & 0x0000CCCC0000CCCCL;
    block ^= swap ^ swap << 14;
    swap = (block ^ block >>> 28) & 0x00000000F0F0F0F0L;
    return block ^ swap ^ swap << 28;
  }
}
