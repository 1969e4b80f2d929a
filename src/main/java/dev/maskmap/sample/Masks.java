package dev.maskmap.sample;

import dev.maskmap.Foreground;
import dev.maskmap.MaskStore;

/**
 * What samplers ask of the masks that patches are drawn from. A store answers it; so can a subset
 * of one, or a double in a test. Answers never change, and come from any thread.
 */
public interface Masks {
  /** How many, 1 to 2^62. */
  long size();

  /** All masks of the store, where these are some of them. */
  default Masks ofStore() {
    return this;
  }

  /** Whether these are masks of a store, as far as they know: see {@link Sampler#isOf}. */
  default boolean isOf(MaskStore store) {
    return true;
  }

  /** The index that a mask has in its store; another where these are some of its masks. */
  default long index(long mask) {
    return mask;
  }

  /**
   * Which masks these are, for {@link Sampler#describe}: how many, and of those that are some of a
   * store's also of how many, and a checksum of each list that was taken or left out. {@code 1000},
   * or {@code 800/1000:only:1a2b3c4d}.
   */
  default String describe() {
    return Long.toString(size());
  }

  /** Whether all have one height and one width, so that one answers for all. */
  boolean isUniform();

  /** Pixel rows of a mask. */
  int height(long mask);

  /** Columns of a mask. */
  int width(long mask);

  /** Foreground pixels of all masks. */
  long foreground();

  /** Foreground pixels of a mask. */
  long foreground(long mask);

  /** Foreground pixels of all masks before one, which may be the number of masks. */
  long foregroundBefore(long mask);

  /** The mask that holds the n-th foreground pixel of all. */
  long maskOf(long n);

  /** Foreground pixels of a region of a mask, which lies inside. */
  long foreground(long mask, int y, int x, int height, int width);

  /** The position {@code y * width + x} of a mask's n-th foreground pixel. */
  long select(long mask, long n);

  /**
   * The masks of a store. They are read through it, so it stays open while they are in use.
   *
   * @throws IllegalArgumentException if the store is a bare array, which has no sums of foreground
   * @throws IllegalStateException if the store is closed
   */
  static Masks of(MaskStore store) {
    return new StoreMasks(store, Foreground.of(store), store.isUniform());
  }

  /**
   * Some of them, as they are listed: mask i is {@code chosen[i]} of these. Keeps 16 bytes for
   * each.
   *
   * @throws IllegalArgumentException if none is chosen, or one that does not exist or twice
   */
  default Masks only(long... chosen) {
    return new ChosenMasks(this, chosen);
  }

  /**
   * All but some, in order. Keeps 16 bytes for each that is left out.
   *
   * @throws IllegalArgumentException if none is left, or one is left out that does not exist
   */
  default Masks without(long... leftOut) {
    return new RemainingMasks(this, leftOut);
  }
}
