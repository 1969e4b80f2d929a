package dev.maskmap.sample;

import dev.maskmap.MaskStore;

/**
 * Chooses patches: which mask, and where in it. Patch k of an epoch is a function of the seed, the
 * epoch and k alone, found without those before it, so any thread, rank or later run can draw any
 * of them, in any order. The same numbers give the same patch on every machine and in every version
 * of the format; docs/sampling.md has the method.
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
   * Patches over which what the sampler promises holds; batches are to have a multiple of it. 1 for
   * samplers that promise something of each patch.
   */
  default int batch() {
    return 1;
  }

  /**
   * What it draws and from how many masks, on one line without the seed: two samplers of the same
   * masks that have the same description draw the same patches. docs/sampling.md has its parts. Of
   * a sampler that does not say, the name of its class. A loader's state holds it.
   */
  default String describe() {
    return getClass().getName();
  }

  /**
   * Whether its places are in the masks of a store: it was made of that one, or of one with the
   * same {@link MaskStore#id}. A sampler that does not know says yes.
   */
  default boolean isOf(MaskStore store) {
    return true;
  }

  /**
   * Draws a patch once more, as samplers do that look at what they drew: another place, in the mask
   * whose turn it is where masks are dealt out.
   *
   * @param k 0 to {@link #size} - 1
   * @param attempt 0 for the patch itself
   * @param to gets the patch
   * @return whether the patch is as the sampler promises; false where it gave up
   * @throws IndexOutOfBoundsException if k is not in the epoch
   * @throws IllegalStateException if the store is closed or damaged, and that is noticed: not by a
   *     sampler that reads nothing of it
   * @throws dev.maskmap.MaskAccessException if a file of the store was cut short
   */
  boolean draw(long seed, long epoch, long k, int attempt, Place to);

  /** Draws patch k, as {@link #draw(long, long, long, int, Place)} does at the first attempt. */
  default boolean draw(long seed, long epoch, long k, Place to) {
    return draw(seed, epoch, k, 0, to);
  }
}
