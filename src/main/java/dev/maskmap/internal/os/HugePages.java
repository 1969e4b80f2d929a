package dev.maskmap.internal.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory on huge pages, where the system has them: a batch of patches then needs a few
 * entries of the processor's table of addresses instead of hundreds (Linux 6.1; see madvise(2)).
 * Memory that processes share has none.
 */
public final class HugePages {
  /** Bytes of a huge page on x86-64, and on aarch64 with pages of 4 KiB. */
  public static final long BYTES = 2 << 20;

  private static final int MADV_HUGEPAGE = 14;
  private static final int MADV_COLLAPSE = 25;

  private HugePages() {}

  /**
   * Allocates zeros. Less than a huge page is plain memory; more begins at a multiple of {@link
   * #BYTES} and takes a whole number of them. Where there are no huge pages it is on plain ones.
   *
   * @param bytes 0 or more
   * @param alignment a power of two, at most {@link #BYTES}; of what is smaller than a huge page
   * @param arena owns the memory
   */
  public static MemorySegment allocate(long bytes, long alignment, Arena arena) {
    if (bytes < BYTES || !Native.LINUX || !MapAdvice.isWanted()) {
      return arena.allocate(bytes, alignment);
    }
    long whole = Math.ceilDiv(bytes, BYTES) * BYTES;
    MemorySegment segment = arena.allocate(whole, BYTES);
    // The arena has filled it with zeros by now, on plain pages: they are moved together.
    MapAdvice.advise(segment.address(), whole, MADV_HUGEPAGE);
    MapAdvice.advise(segment.address(), whole, MADV_COLLAPSE);
    return segment.asSlice(0, bytes);
  }
}
