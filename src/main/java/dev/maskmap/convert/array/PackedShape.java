package dev.maskmap.convert.array;

import dev.maskmap.convert.array.ArrayFormat.Packing;
import dev.maskmap.convert.array.BitPacking.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the shape of a packed array says of its masks.
 *
 * @param grid the bytes of the masks
 * @param packing how the bytes of one mask hold its pixels
 */
record PackedShape(ArrayGrid grid, BitPacking packing) {

  /**
   * Reads the shape of an array of packed bytes.
   *
   * @throws Refusal if the shape does not fit the packing or the size
   */
  static PackedShape of(List<Long> shape, boolean columnMajor, ArrayFormat format) throws Refusal {
    ArrayGrid.requirePixels(shape);
    Packing packing = Objects.requireNonNull(format.packing());
    boolean stack = isStack(shape, packing);
    Direction direction = direction(packing, stack, format.height() != 0);
    long rows = direction == Direction.FLAT ? 1 : shape.get(shape.size() - 2);
    long columns = shape.getLast();
    long height = format.height();
    long width = format.width();
    if (height == 0) {
      // No size was given: as many pixels as the bytes can hold. It cannot be flat then.
      height = direction == Direction.DOWN ? pixels(rows) : rows;
      width = direction == Direction.DOWN ? columns : pixels(columns);
    }
    ArrayGrid.checkSize(height, width);
    List<Long> expected = shape(stack ? shape.getFirst() : 0, height, width, direction);
    if (!expected.equals(shape)) {
      throw misfit(shape, expected, height, width, direction);
    }
    return new PackedShape(
        ArrayGrid.of(stack ? shape.getFirst() : 1, rows, columns, columnMajor),
        new BitPacking(direction, format.littleBits(), (int) height, (int) width));
  }

  /** Says whether there is a first dimension that counts masks. */
  private static boolean isStack(List<Long> shape, Packing packing) throws Refusal {
    boolean flat = packing == Packing.FLAT;
    int one = flat ? 1 : 2;
    if (shape.size() != one && shape.size() != one + 1) {
      throw new Refusal(
          "the shape is %s; expected %s with --packed %s"
              .formatted(
                  ArrayGrid.text(shape),
                  flat
                      ? "(bytes,) for one mask or (masks, bytes)"
                      : "two dimensions for one mask or three for several",
                  packing.word()));
    }
    return shape.size() > one;
  }

  /** Pixels in a row or column of bytes; more than an int can have is too large anyway. */
  private static long pixels(long bytes) {
    return 8 * Math.min(bytes, Integer.MAX_VALUE);
  }

  /**
   * Returns the shape of the bytes of masks of one size.
   *
   * @param masks how many, or 0 for an array of one mask
   */
  static List<Long> shape(long masks, long height, long width, Direction direction) {
    List<Long> shape = new ArrayList<>();
    if (masks > 0) {
      shape.add(masks);
    }
    switch (direction) {
      case DOWN -> shape.addAll(List.of((height + 7) / 8, width));
      case ALONG -> shape.addAll(List.of(height, (width + 7) / 8));
      case FLAT -> shape.add((height * width + 7) / 8);
    }
    return shape;
  }

  /**
   * Says which way a packing goes, its axis counted in (H, W) or (N, H, W).
   *
   * @throws Refusal if there is no such axis, or it may mean two things
   */
  static Direction direction(Packing packing, boolean stack, boolean sized) throws Refusal {
    return switch (packing) {
      case AXIS_0 -> {
        if (stack && !sized) {
          throw new Refusal(
              "--packed axis=0 of a stack of masks may mean two things: give axis=1 if"
                  + " numpy.packbits packed the stack down the columns, or --size HxW as well if it"
                  + " packed each mask by itself with axis=0");
        }
        yield Direction.DOWN;
      }
      case AXIS_1 -> stack ? Direction.DOWN : Direction.ALONG;
      case AXIS_2 -> {
        if (!stack) {
          throw new Refusal(
              "--packed axis=2 is along the rows of a stack, and this is one mask of two"
                  + " dimensions: its rows are axis=1");
        }
        yield Direction.ALONG;
      }
      case AXIS_MINUS_2 -> Direction.DOWN;
      case AXIS_MINUS_1 -> Direction.ALONG;
      case FLAT -> Direction.FLAT;
    };
  }

  private static Refusal misfit(
      List<Long> shape, List<Long> expected, long height, long width, Direction direction) {
    String hint = "";
    for (Direction other : List.of(Direction.DOWN, Direction.ALONG)) {
      long masks = shape.size() == 3 ? shape.getFirst() : 0;
      if (shape.equals(shape(masks, height, width, other))) {
        hint =
            "; it fits " + other.words() + ": --packed axis=" + (other == Direction.DOWN ? -2 : -1);
      }
    }
    return new Refusal(
        "the shape is %s; expected %s for masks of %d x %d (height x width) packed %s%s"
            .formatted(
                ArrayGrid.text(shape),
                ArrayGrid.text(expected),
                height,
                width,
                direction.words(),
                hint));
  }
}
