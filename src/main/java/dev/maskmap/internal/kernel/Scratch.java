package dev.maskmap.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * A little memory of each thread for the packed rows of one patch: phase one of a read fills it,
 * from whatever holds the rows, and the kernels work on it.
 *
 * <p>So kernels never see a map, and vectors are never loaded from one. Where a file was cut short
 * under its map, a scalar access or a {@link MemorySegment#copy} becomes an {@link InternalError};
 * a vector load does so only in compiled code that holds a scalar access too, which the JDK's own
 * {@code fromMemorySegment}, compiled on its own while its caller is not yet, does not: there the
 * process ends.
 *
 * <p>An array, and not native memory: C2 knows that no store to native memory changes it, so it
 * need not keep loads and stores in order, and an index into it takes one check and no question
 * whether the memory is still alive (docs/performance.md).
 */
public final class Scratch {
  /** Room for rows: a 256x256 patch has 8,448 bytes. */
  public static final int BYTES = 1 << 14;

  /** Room behind the rows, so that a fill may run over. */
  public static final int SLACK = 64;

  /** The widest block of columns: four packed rows of it fit. */
  public static final int MAX_WIDTH = BYTES / 4;

  private static final ThreadLocal<byte[]> SCRATCH =
      ThreadLocal.withInitial(() -> new byte[BYTES + SLACK]);

  private Scratch() {}

  /** The calling thread's memory, which its next read overwrites. */
  public static byte[] get() {
    return SCRATCH.get();
  }

  /** Bytes from one packed row to the next: the width in whole cache lines. */
  public static int stride(int width) {
    return (width + 63) & -64;
  }

  /**
   * Copies packed rows out of a map, each of its cache lines once. Nothing else is done meanwhile,
   * so that the misses overlap: expanding straight from the map fills the store queue that they
   * need.
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
      byte[] scratch,
      int stride) {
    for (int r = 0; r < packedRows; r++) {
      MemorySegment.copy(map, JAVA_BYTE, from + r * mapStride, scratch, r * stride, width);
    }
  }
}
