package dev.maskmap.internal.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A little native memory of each thread for the packed rows of one patch: phase one of a read fills
 * it, from whatever holds the rows, and the kernels work on it.
 *
 * <p>So kernels never see a map, and vectors are never loaded from one. Where a file was cut short
 * under its map, a scalar access or a {@link MemorySegment#copy} becomes an {@link InternalError};
 * a vector load does so only in compiled code that holds a scalar access too, which the JDK's own
 * {@code fromMemorySegment}, compiled on its own while its caller is not yet, does not: there the
 * process ends.
 */
public final class Scratch {
  /** Room for rows: a 256x256 patch has 8,448 bytes. */
  public static final int BYTES = 1 << 14;

  /** Room behind the rows that anything may overwrite, so that fills and loads may run over. */
  public static final int SLACK = 64;

  /** The widest block of columns: four packed rows of it fit. */
  public static final int MAX_WIDTH = BYTES / 4;

  private static final ThreadLocal<MemorySegment> SCRATCH =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(BYTES + SLACK, 64));

  private Scratch() {}

  /** The calling thread's memory, which its next read overwrites. */
  public static MemorySegment get() {
    return SCRATCH.get();
  }

  /** Bytes from one packed row to the next: the width in whole cache lines. */
  public static int stride(int width) {
    return (width + 63) & -64;
  }

  /**
   * Copies packed rows out of a map, after their cache lines were pulled.
   *
   * @param from byte of the first
   * @param mapStride bytes from one to the next in the map
   */
  public static void gather(
      MemorySegment map,
      long from,
      long mapStride,
      int packedRows,
      int width,
      MemorySegment scratch,
      int stride) {
    Pull.lines(map, from, packedRows, mapStride, width);
    for (int r = 0; r < packedRows; r++) {
      MemorySegment.copy(map, from + r * mapStride, scratch, (long) r * stride, width);
    }
  }
}
