package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.internal.kernel.Padding;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * How a patch of a batch gets its pixels. Stateless: any thread may read, with scratch memory of
 * its own.
 */
sealed interface PatchReader permits PlaneReader, ClassReader {
  /** Bytes of a patch in a batch, of all its planes. */
  long patchBytes();

  /** Bytes of native memory, aligned to 8, that a thread hands in. */
  long scratchBytes();

  /** The stores that a patch is read from. */
  List<MaskStore> stores();

  /** Tells the system which bytes will be read soon. */
  default void prefetch(long mask, int y, int x, int height, int width) {
    List<MaskStore> all = stores();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).prefetch(mask, y, x, height, width);
    }
  }

  /**
   * Writes a patch.
   *
   * @param height pixel rows of the patch that lie in the mask, from {@code y} on
   * @param width columns that do; what is not in the mask becomes background
   */
  void read(
      long mask,
      int y,
      int x,
      int height,
      int width,
      MemorySegment to,
      long offset,
      MemorySegment scratch);

  /** Reads a mask's whole patch, or what there is of it and zeros behind that. */
  static void read(
      MaskStore store,
      PatchShape shape,
      long mask,
      int y,
      int x,
      int height,
      int width,
      MemorySegment to,
      long offset) {
    PixelType type = shape.type();
    store.read(mask, y, x, height, width, type, to, offset, shape.rowBytes());
    if (height < shape.height() || width < shape.width()) {
      int rows = type.rows(shape.height());
      int given = type.rows(height);
      Padding.zero(to, offset, rows, shape.width(), given, width, type.elementBytes());
    }
  }
}
