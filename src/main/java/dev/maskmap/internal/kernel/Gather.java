package dev.maskmap.internal.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Phase one of a vectorised read: the packed rows of a patch, copied from the map into a little
 * native memory of the thread.
 *
 * <p>Vectors are never loaded from a map. Where a file was cut short under it, a scalar access or a
 * {@link MemorySegment#copy} becomes an {@link InternalError}; a vector load does so only in
 * compiled code that holds a scalar access too, which the JDK's own {@code fromMemorySegment},
 * compiled on its own while its caller is not yet, does not: there the process ends.
 */
final class Gather {
  /** A 256x256 patch has 8,448 bytes of packed rows. A multiple of every vector. */
  static final int BYTES = 1 << 14;

  private static final ThreadLocal<MemorySegment> SCRATCH =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(BYTES, 64));

  private Gather() {}

  /** The calling thread's memory, which the next gathering on this thread overwrites. */
  static MemorySegment scratch() {
    return SCRATCH.get();
  }

  /** Copies {@code packedRows} rows of {@code width} bytes next to each other. */
  static void rows(
      MemorySegment map, long from, long stride, int packedRows, int width, MemorySegment scratch) {
    Pull.lines(map, from, packedRows, stride, width);
    for (int r = 0; r < packedRows; r++) {
      MemorySegment.copy(map, from + r * stride, scratch, (long) r * width, width);
    }
  }
}
