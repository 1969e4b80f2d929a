package dev.maskmap.internal.kernel;

/** Arithmetic on packed rows that all kernels and layouts share. */
public final class PackedRows {
  /** One in each byte of a long. */
  static final long ONES = 0x0101010101010101L;

  private PackedRows() {}

  /** Packed rows that {@code height} pixel rows from {@code bit} on touch. */
  public static int count(int bit, int height) {
    return (bit + height + 7) >>> 3;
  }

  /**
   * The bits of packed row {@code r} that belong to the {@code height} pixel rows from {@code bit}
   * on, as an eight-bit mask.
   */
  static int mask(int r, int bit, int height) {
    int first = r == 0 ? bit : 0;
    int end = Math.min(8, bit + height - 8 * r);
    return (0xFF >>> first) & ~(0xFF >>> end);
  }
}
