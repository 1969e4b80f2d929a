package dev.maskmap;

/**
 * A rectangle of a mask: pixel rows {@code y} to {@code y + height}, columns {@code x} to {@code x
 * + width}, ends excluded.
 *
 * @param y first pixel row, from the top
 * @param x first column, from the left
 * @param height pixel rows, at least 1
 * @param width columns, at least 1
 */
public record Region(int y, int x, int height, int width) {
  /**
   * Checks the values against each other; whether a region lies in a mask is checked where it is
   * used.
   *
   * @throws IllegalArgumentException if an origin is negative, a side is below 1, or an end exceeds
   *     the range of an int
   */
  public Region {
    if (y < 0 || x < 0 || height < 1 || width < 1 || y > MAX - height || x > MAX - width) {
      throw new IllegalArgumentException(
          "region of %dx%d at y %d, x %d: expected an origin of 0 or more and sides of 1 or more"
              .formatted(height, width, y, x));
    }
  }

  private static final int MAX = Integer.MAX_VALUE;

  /**
   * The rectangle of {@code height} x {@code width} pixels whose top left is {@code (y, x)}.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static Region of(int y, int x, int height, int width) {
    return new Region(y, x, height, width);
  }
}
