package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.PixelLimit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the elements of each mask lie in an array.
 *
 * @param masks how many, at least 1
 * @param rows of elements in a mask, at least 1
 * @param columns elements in a row, at least 1
 * @param columnMajor Fortran order: the mask varies fastest, then the row, then the column
 */
record ArrayGrid(long masks, int rows, int columns, boolean columnMajor) {
  /** A stack of masks has no more rows than this where a row has 2 to 4 pixels. */
  private static final int COLOR_SIDE = 16;

  private static final int MAX_CHANNELS = 4;

  /**
   * Reads a shape of one element a pixel: (H, W), (1, H, W), (H, W, 1) and (N, H, W), (N, H, W, 1),
   * (N, 1, H, W), in this order where several fit.
   *
   * @throws Refusal if it is another shape, has no pixels, or too many in one mask
   */
  static ArrayGrid ofPixels(List<Long> shape, boolean columnMajor) throws Refusal {
    requirePixels(shape);
    List<Long> stack = withoutChannel(shape);
    int rank = stack.size();
    if (rank != 2 && rank != 3) {
      throw new Refusal(
          ("the shape is %s; expected (height, width) for one mask or (masks, height, width) for"
               + " several: bring it there with numpy.reshape, or take the part that is the mask")
              .formatted(text(shape)));
    }
    if (rank == 3 && looksLikeColor(stack)) {
      throw new Refusal(
          ("the shape %s looks like an image of %d channels; a mask has one: save a[..., 0], or"
                  + " (a != 0).any(axis=-1)")
              .formatted(text(shape), stack.get(2)));
    }
    return of(rank == 3 ? stack.get(0) : 1, stack.get(rank - 2), stack.get(rank - 1), columnMajor);
  }

  private static List<Long> withoutChannel(List<Long> shape) {
    if (shape.size() == 3 && shape.get(0) == 1) {
      return shape.subList(1, 3);
    }
    boolean last = shape.size() > 2 && shape.getLast() == 1;
    if (last && shape.size() <= 4) {
      return shape.subList(0, shape.size() - 1);
    }
    if (shape.size() == 4 && shape.get(1) == 1) {
      return List.of(shape.get(0), shape.get(2), shape.get(3));
    }
    return shape;
  }

  private static boolean looksLikeColor(List<Long> shape) {
    long channels = shape.get(2);
    return channels >= 2
        && channels <= MAX_CHANNELS
        && Math.min(shape.get(0), shape.get(1)) >= COLOR_SIDE;
  }

  /**
   * Checks the numbers and makes them ints.
   *
   * @throws Refusal if one mask has more elements than are read
   */
  static ArrayGrid of(long masks, long rows, long columns, boolean columnMajor) throws Refusal {
    checkSize(rows, columns);
    return new ArrayGrid(masks, (int) rows, (int) columns, columnMajor);
  }

  /**
   * Checks the size of one mask against {@link PixelLimit}.
   *
   * @throws Refusal if it is larger
   */
  static void checkSize(long height, long width) throws Refusal {
    if (height > PixelLimit.PIXELS / width) {
      throw new Refusal(
          "a mask of %d x %d pixels, more than the %d (16384 x 16384) that are read"
              .formatted(height, width, PixelLimit.PIXELS));
    }
  }

  static void requirePixels(List<Long> shape) throws Refusal {
    if (shape.contains(0L)) {
      throw new Refusal(
          "the shape is %s: no pixels; expected at least one mask with at least one"
              .formatted(text(shape)));
    }
  }

  /** Returns the shape as NumPy prints it: {@code (3, 1080, 1920)}, {@code (7,)}. */
  static String text(List<Long> shape) {
    String inner = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return Refusal.shown(shape.size() == 1 ? "(" + inner + ",)" : "(" + inner + ")");
  }

  /** Elements of one mask. */
  int elements() {
    return rows * columns;
  }
}
