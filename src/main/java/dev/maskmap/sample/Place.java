package dev.maskmap.sample;

/**
 * Where a patch lies: a mask, and in it the patch's topmost row and leftmost column. Mutable, so
 * that drawing millions of them allocates nothing; a thread has its own.
 */
public final class Place {
  private long mask;
  private int y;
  private int x;

  /** Makes a place at the origin of the first mask. */
  public Place() {}

  /** The mask's index. */
  public long mask() {
    return mask;
  }

  /** The patch's first pixel row. */
  public int y() {
    return y;
  }

  /** The patch's first column. */
  public int x() {
    return x;
  }

  /** Moves the place. Nothing is checked: whoever reads there does. */
  public void set(long mask, int y, int x) {
    this.mask = mask;
    this.y = y;
    this.x = x;
  }

  @Override
  public String toString() {
    return "mask %d at y %d, x %d".formatted(mask, y, x);
  }
}
