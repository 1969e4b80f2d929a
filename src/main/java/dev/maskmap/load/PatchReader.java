package dev.maskmap.load;

import dev.maskmap.MaskStore;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How a patch of a batch gets its pixels. Stateless: any thread may read, with scratch memory of
 * its own.
 */
sealed interface PatchReader permits PlaneReader, ClassReader {
  /** Bytes of a patch in a batch, of all its planes. */
  long patchBytes();

  /** Bytes of native memory, aligned to 8, that a thread hands in. */
  long scratchBytes();

  /** Tells the system which bytes will be read soon. */
  void prefetch(long mask, int y, int x, int height, int width);

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

  /** Reads a mask's whole patch, or what there is of it among zeros. */
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
    if (height < shape.height() || width < shape.width()) {
      zero(to, offset, shape.bytes());
    }
    store.read(mask, y, x, height, width, shape.type(), to, offset, shape.rowBytes());
  }

  /** Fills with zeros, without a slice of the memory for {@link MemorySegment#fill}. */
  private static void zero(MemorySegment to, long offset, long bytes) {
    long words = bytes / Long.BYTES * Long.BYTES;
    for (long i = 0; i < words; i += Long.BYTES) {
      to.set(ValueLayout.JAVA_LONG_UNALIGNED, offset + i, 0);
    }
    for (long i = words; i < bytes; i++) {
      to.set(ValueLayout.JAVA_BYTE, offset + i, (byte) 0);
    }
  }
}
