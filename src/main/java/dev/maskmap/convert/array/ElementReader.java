package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;

/** Reads the elements of one mask that lies in one piece, in blocks. */
final class ElementReader {
  static final int BLOCK_ELEMENTS = 8192;

  private ElementReader() {}

  /**
   * Returns the values of a mask, row by row.
   *
   * @param position where its first element is in {@code in}
   * @throws Refusal if the content ends before its last, or one of them is NaN
   */
  static PixelValues read(Bytes in, long position, ArrayPlan plan) throws IOException {
    ArrayGrid grid = plan.grid();
    if (plan.type().isByte() && !grid.columnMajor()) {
      byte[] values = new byte[grid.elements()];
      in.read(position, values, 0, values.length);
      return new PixelValues.Narrow(plan.type().kind() == 'b' ? truths(values) : values);
    }
    ValueCollector values = new ValueCollector(grid.elements());
    ElementType type = plan.type();
    byte[] block = new byte[BLOCK_ELEMENTS * type.bytes()];
    double[] numbers = new double[BLOCK_ELEMENTS];
    for (int done = 0; done < grid.elements(); done += BLOCK_ELEMENTS) {
      int count = Math.min(BLOCK_ELEMENTS, grid.elements() - done);
      in.read(position + (long) done * type.bytes(), block, 0, count * type.bytes());
      type.decode(block, 0, count, numbers);
      put(values, grid, done, numbers, count);
    }
    return values.values(grid.columns());
  }

  private static byte[] truths(byte[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) ElementType.truth(values[i]);
    }
    return values;
  }

  private static void put(
      ValueCollector values, ArrayGrid grid, int element, double[] numbers, int count) {
    if (!grid.columnMajor()) {
      values.put(element, 1, numbers, 0, count);
      return;
    }
    for (int i = 0; i < count; ) {
      int row = (element + i) % grid.rows();
      int column = (element + i) / grid.rows();
      int piece = Math.min(grid.rows() - row, count - i);
      values.put(row * grid.columns() + column, grid.columns(), numbers, i, i + piece);
      i += piece;
    }
  }
}
