package dev.maskmap;

import dev.maskmap.internal.files.MapFaults;

/**
 * The foreground pixels of all masks of a store, in one row: mask by mask, and in each as {@link
 * Mask#select} orders them. Answers come from the store's sums, in the logarithm of their number,
 * and allocate nothing.
 *
 * <p>Immutable and safe for several threads. It reads through its store, whose owner closes that.
 */
public final class Foreground {
  private final MaskStore store;

  /** Foreground in the parts before each, and at the end in all. */
  private final long[] sums;

  private Foreground(MaskStore store, long[] sums) {
    this.store = store;
    this.sums = sums;
  }

  /**
   * The foreground of a store.
   *
   * @throws IllegalArgumentException if it is a bare array, which has no sums
   * @throws IllegalStateException if it is closed, or its sums are damaged
   * @throws MaskAccessException if a file was cut short
   */
  public static Foreground of(MaskStore store) {
    if (!store.hasNames()) {
      throw new IllegalArgumentException(
          store.path() + ": a bare array has no sums of foreground; `maskmap pack` makes a store");
    }
    long[] sums = new long[store.partCount() + 1];
    for (int p = 0; p < store.partCount(); p++) {
      StorePart part = store.part(p);
      try {
        sums[p + 1] = Math.addExact(sums[p], part.areas().before(part.shapes().masks()));
        MapFaults.settle();
      } catch (InternalError | IllegalStateException e) {
        throw store.failed(e, part);
      }
    }
    return new Foreground(store, sums);
  }

  /** Foreground pixels of all masks. */
  public long count() {
    return sums[sums.length - 1];
  }

  /**
   * Foreground pixels of a mask.
   *
   * @throws IndexOutOfBoundsException if there is no such mask
   * @throws IllegalStateException if the store is closed, or its sums are damaged
   * @throws MaskAccessException if the file was cut short
   */
  public long count(long mask) {
    int p = store.partOf(mask);
    return Mask.count(store, store.part(p), mask - store.firstOf(p));
  }

  /**
   * Foreground pixels of a region of a mask, as {@link Mask#count(Region)}.
   *
   * @throws IndexOutOfBoundsException if there is no such mask, or the region leaves it
   * @throws IllegalArgumentException if a side is below 1
   * @throws IllegalStateException as {@link #count(long)}
   * @throws MaskAccessException as {@link #count(long)}
   */
  public long count(long mask, int y, int x, int height, int width) {
    int p = store.partOf(mask);
    return Mask.count(store, store.part(p), mask, mask - store.firstOf(p), y, x, height, width);
  }

  /**
   * Foreground pixels of all masks before one.
   *
   * @param mask 0 to the number of masks
   * @throws IndexOutOfBoundsException if it is neither
   * @throws IllegalStateException as {@link #count(long)}
   * @throws MaskAccessException as {@link #count(long)}
   */
  public long before(long mask) {
    if (mask == store.size()) {
      return count();
    }
    int p = store.partOf(mask);
    StorePart part = store.part(p);
    try {
      long before = part.areas().before(mask - store.firstOf(p));
      MapFaults.settle();
      return sums[p] + before;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /**
   * The mask that holds the n-th foreground pixel of the store; it is pixel {@code n -
   * before(mask)} of that mask. With n uniform below {@link #count()}, every foreground pixel of
   * the store comes equally often.
   *
   * @param n 0 or more, below {@link #count()}
   * @throws IndexOutOfBoundsException if the store has no such foreground pixel
   * @throws IllegalStateException as {@link #count(long)}
   * @throws MaskAccessException as {@link #count(long)}
   */
  public long maskOf(long n) {
    if (n < 0 || n >= count()) {
      throw new IndexOutOfBoundsException(
          "foreground pixel %d of %s: it has %d".formatted(n, store.path(), count()));
    }
    int p = 0;
    for (int high = sums.length - 1; high - p > 1; ) {
      int middle = (p + high) >>> 1;
      if (sums[middle] > n) {
        high = middle;
      } else {
        p = middle;
      }
    }
    StorePart part = store.part(p);
    try {
      long local = part.areas().maskOf(n - sums[p]);
      MapFaults.settle();
      return store.firstOf(p) + local;
    } catch (InternalError | IllegalStateException e) {
      throw store.failed(e, part);
    }
  }

  /**
   * The position of a mask's n-th foreground pixel, as {@link Mask#select} gives it.
   *
   * @throws IndexOutOfBoundsException if there is no such mask, or it has no such foreground pixel
   * @throws IllegalStateException as {@link #count(long)}
   * @throws MaskAccessException as {@link #count(long)}
   */
  public long select(long mask, long n) {
    int p = store.partOf(mask);
    return Mask.select(store, store.part(p), mask, mask - store.firstOf(p), n);
  }
}
