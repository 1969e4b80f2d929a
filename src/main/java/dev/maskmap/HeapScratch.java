package dev.maskmap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A little native memory for each thread, through which heap segments are read and written, so that
 * kernels see native memory alone: one kind of memory more would cost all later calls their
 * compiled form. Freed after its thread ends.
 */
final class HeapScratch {
  /** One 256x256 patch of bytes; small enough to stay in a core's cache. */
  static final int BYTES = 1 << 16;

  private static final ThreadLocal<MemorySegment> SCRATCH =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(BYTES, 64));

  private HeapScratch() {}

  static MemorySegment get() {
    return SCRATCH.get();
  }
}
