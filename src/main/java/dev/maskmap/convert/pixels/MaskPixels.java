package dev.maskmap.convert.pixels;

/** What one item of an input holds: values to be judged by a rule, or bits that are decided. */
public sealed interface MaskPixels permits DecodedImage, PackedMask {
  /** Rows of pixels, at least 1. */
  int height();

  /** Pixels in a row, at least 1. */
  int width();

  /** What the user should know about this item, in words that fit many items; empty for nothing. */
  String note();
}
