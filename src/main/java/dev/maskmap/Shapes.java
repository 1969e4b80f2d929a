package dev.maskmap;

/** How large the masks of one store are, and where in its packed rows each begins. */
sealed interface Shapes permits UniformShapes, RaggedShapes {
  /** Number of masks, at least 1. */
  long masks();

  int height(long mask);

  int width(long mask);

  /** The byte at which a mask's first packed row begins. */
  long start(long mask);

  /** Packed rows of all masks. */
  long packedRows();

  /** How many packed rows all masks before this one have. */
  long firstRow(long mask);

  default MaskSize size(long mask) {
    return new MaskSize(height(mask), width(mask));
  }
}
