package dev.maskmap.image;

/** What is below and right of an image, where a crop reaches further. */
public enum ImagePadding {
  /** Zeros. */
  ZERO,
  /**
   * The image itself, mirrored at its last row and column, which are not repeated: as {@code
   * numpy.pad} with {@code mode="reflect"}. Of an image that is smaller than what is missing it
   * goes to and fro.
   */
  REFLECT
}
