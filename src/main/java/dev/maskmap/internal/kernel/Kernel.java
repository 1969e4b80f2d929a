package dev.maskmap.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The loops that exist once per instruction set, with equal results from each.
 *
 * <p>Packed rows hold eight vertically adjacent pixels a byte, the topmost in the most significant
 * bit, as {@code numpy.packbits(mask, axis=0)} packs them. They lie in the thread's {@link
 * Scratch}, from its first byte on, {@code stride} bytes from one to the next, and {@code bit} (0
 * to 7) says which of the first one's eight pixel rows comes first.
 *
 * <p>Ranges are checked by the caller. Destinations are native or mapped segments, never heap: one
 * heap destination would cost every later call its compiled form. Implementations are stateless and
 * safe for any number of threads.
 *
 * @see Kernels#get()
 */
public sealed interface Kernel permits ScalarKernel, VectorKernel {

  /** What runs, as {@code maskmap info --system} and the benchmarks print it. */
  String name();

  /**
   * Writes {@code height} rows of {@code width} elements, {@code one} for foreground and zero bytes
   * for background.
   *
   * @param elementBytes 1, 2, 4 or 8
   * @param one the element's bits for a foreground pixel, in the low {@code elementBytes} bytes
   * @param to first byte written in {@code dst}
   * @param rowStride bytes from one row to the next in {@code dst}
   */
  void expand(
      byte[] rows,
      int stride,
      int bit,
      int height,
      int width,
      MemorySegment dst,
      long to,
      long rowStride,
      int elementBytes,
      long one);

  /**
   * Writes {@code ceil(height/8)} packed rows whose first pixel row is a top bit. Bits past the
   * height are zero.
   */
  void rebase(
      byte[] rows,
      int stride,
      int bit,
      int height,
      int width,
      MemorySegment dst,
      long to,
      long rowStride);

  /**
   * Fills columns {@code from} to {@code to} with one byte, and up to {@link Scratch#SLACK} bytes
   * behind them: whole vectors are written.
   */
  void fill(byte[] rows, int from, int to, byte value);

  /** Counts the foreground pixels of a rectangle. */
  long count(byte[] rows, int stride, int bit, int height, int width);

  /**
   * Packs up to eight rows of bytes, where any value but zero is foreground, into one packed row.
   * Bits past {@code rows} are zero.
   *
   * <p>On arrays, unlike the others: a kernel that loads from a second kind of segment slows down
   * every read of the process by half, and a program that packs a store often reads it next.
   *
   * @param pixels {@code rows} rows of {@code width} bytes without gaps
   * @param rows 1 to 8
   * @param to first byte written in {@code packed}
   */
  void pack(byte[] pixels, int rows, int width, byte[] packed, int to);
}
