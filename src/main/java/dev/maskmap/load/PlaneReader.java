package dev.maskmap.load;

import dev.maskmap.MaskStore;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The planes of a patch one behind the other: {@code (planes, height, width)}.
 *
 * @param shape of a plane
 */
record PlaneReader(List<MaskStore> stores, PatchShape shape) implements PatchReader {
  @Override
  public long patchBytes() {
    return Math.multiplyExact(stores.size(), shape.bytes());
  }

  @Override
  public long scratchBytes() {
    return 0;
  }

  @Override
  public void read(
      long mask,
      int y,
      int x,
      int height,
      int width,
      MemorySegment to,
      long offset,
      MemorySegment scratch) {
    for (int p = 0; p < stores.size(); p++) {
      long at = offset + p * shape.bytes();
      PatchReader.read(stores.get(p), shape, mask, y, x, height, width, to, at);
    }
  }
}
