package dev.maskmap.load;

import dev.maskmap.PixelType;

/**
 * What one plane of a patch is in a batch.
 *
 * @param height pixel rows
 * @param width columns
 */
record PatchShape(PixelType type, int height, int width) {
  long bytes() {
    return type.patchBytes(height, width);
  }

  long rowBytes() {
    return type.rowBytes(width);
  }
}
