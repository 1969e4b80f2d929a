package dev.maskmap;

/**
 * Masks of one size, one directly behind the other.
 *
 * @param masks at least 1
 * @param size of each
 */
record UniformShapes(long masks, MaskSize size) implements Shapes {
  /**
   * @throws IllegalArgumentException if there is no mask or the packed masks exceed 2^62 bytes
   */
  UniformShapes {
    if (masks < 1) {
      throw new IllegalArgumentException(
          "%d masks of %s pixels: expected at least one".formatted(masks, size));
    }
    if (masks > (1L << 62) / size.bytes()) {
      throw new IllegalArgumentException(
          "%d masks of %s pixels: more than 2^62 bytes".formatted(masks, size));
    }
  }

  @Override
  public int height(long mask) {
    return size.height();
  }

  @Override
  public int width(long mask) {
    return size.width();
  }

  @Override
  public long start(long mask) {
    return mask * size.bytes();
  }

  @Override
  public long packedRows() {
    return firstRow(masks);
  }

  @Override
  public long firstRow(long mask) {
    return mask * size.packedRows();
  }

  /** Bytes of all packed masks. */
  long bytes() {
    return masks * size.bytes();
  }

  @Override
  public String toString() {
    return "%d masks of %s".formatted(masks, size);
  }
}
