package dev.maskmap;

/**
 * What one pixel becomes in a tensor. Values are in the machine's byte order (little-endian; other
 * machines are refused), background is zero in every type.
 */
public enum PixelType {
  /** One byte, 0 or 1; also what {@code torch.bool} and {@code numpy.bool_} hold. */
  UINT8(1, 1),
  /** One byte, 0 or 255. */
  UINT8_255(1, 0xFF),
  /** IEEE 754 binary16, 0 or 1. */
  FLOAT16(2, 0x3C00),
  /** The upper half of a binary32, 0 or 1. */
  BFLOAT16(2, 0x3F80),
  /** IEEE 754 binary32, 0 or 1. */
  FLOAT32(4, 0x3F800000),
  /** Eight bytes, 0 or 1: the class targets of {@code torch.nn.CrossEntropyLoss}. */
  INT64(8, 1),
  /**
   * The packed patch itself, moved up so that its first pixel row is a top bit: packed row {@code
   * j}, column {@code x} is one byte of the pixels {@code (8j..8j+7, x)}, the topmost in the most
   * significant bit. Bits past the patch's height are zero. A 256x256 patch is 8 KiB.
   */
  PACKED(1, 1);

  private final int elementBytes;
  private final long one;

  PixelType(int elementBytes, long one) {
    this.elementBytes = elementBytes;
    this.one = one;
  }

  /** Bytes of one element: of one pixel or, for {@link #PACKED}, of eight. */
  public int elementBytes() {
    return elementBytes;
  }

  /** The bits of a foreground pixel, in the low {@link #elementBytes()} bytes. */
  long one() {
    return one;
  }

  /** Rows that a patch of {@code height} pixel rows has in memory. */
  public int rows(int height) {
    return this == PACKED ? (height - 1) / 8 + 1 : height;
  }

  /** Bytes that one row of {@code width} columns fills. */
  public long rowBytes(int width) {
    return (long) width * elementBytes;
  }

  /**
   * Bytes of a patch without gaps between its rows.
   *
   * @throws ArithmeticException if they are 2^63 and more
   */
  public long patchBytes(int height, int width) {
    return Math.multiplyExact(rows(height), rowBytes(width));
  }
}
