package dev.maskmap.sample;

/**
 * Chooses patches: which mask, and where in it. Patch k of an epoch is a function of the seed, the
 * epoch and k alone, found in constant time and memory, so any thread, rank or later run can draw
 * any of them, in any order. The same numbers give the same patch on every machine and in every
 * version of the format; docs/sampling.md has the method and some values.
 *
 * <p>Immutable and safe for several threads. Drawing allocates nothing.
 */
public interface Sampler {
  /** Pixel rows of a patch. */
  int height();

  /** Columns of a patch. */
  int width();

  /** Patches of an epoch. */
  long size();

  /**
   * Draws a patch once more, as samplers do that look at what they drew: the same mask where the
   * sampler deals them out in turn, and another place in it.
   *
   * @param k 0 to {@link #size} - 1
   * @param attempt 0 for the patch itself
   * @param to gets the patch
   * @return whether the patch is as the sampler promises; false where it gave up
   * @throws IndexOutOfBoundsException if k is not in the epoch
   * @throws IllegalStateException if the store is closed or damaged
   * @throws dev.maskmap.MaskAccessException if a file of the store was cut short
   */
  boolean draw(long seed, long epoch, long k, int attempt, Place to);

  /** Draws patch k, as {@link #draw(long, long, long, int, Place)} does at the first attempt. */
  default boolean draw(long seed, long epoch, long k, Place to) {
    return draw(seed, epoch, k, 0, to);
  }
}
