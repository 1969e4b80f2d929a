package dev.maskmap.load;

/**
 * How the memory of a batch is divided: patches, then the crops of images, each from a multiple of
 * 64 bytes on.
 *
 * @param patchBytes of all patches
 * @param imageBytes of all crops
 */
record SlotLayout(long patchBytes, long imageBytes) {
  static final int ALIGNMENT = 64;

  long imageOffset() {
    return whole(patchBytes);
  }

  long bytes() {
    return Math.addExact(imageOffset(), whole(imageBytes));
  }

  private static long whole(long bytes) {
    return Math.multiplyExact(Math.ceilDiv(bytes, ALIGNMENT), ALIGNMENT);
  }
}
