package dev.maskmap.cli.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Mask;
import dev.maskmap.testing.Masks;
import dev.maskmap.testing.Pixels;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CellGridProps {
  /** From a few specks to full. */
  private static Pixels pixels(int height, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double share = Math.pow(random.nextDouble(), 3);
    BitSet bits = new BitSet();
    for (int i = 0; i < height * width; i++) {
      bits.set(i, random.nextDouble() < share);
    }
    return Pixels.of(height, width, bits);
  }

  private static CellGrid grid(Mask mask, int rows, int columns) {
    return CellGrid.of(
        mask, CellGrid.divide(0, mask.height(), rows), CellGrid.divide(0, mask.width(), columns));
  }

  @Property(tries = 60)
  void cellsOfOnePixelAreThePixels(
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll long seed) {
    Pixels pixels = pixels(height, width, seed);
    Masks.with(
        pixels,
        mask -> {
          CellGrid cells = grid(mask, height, width);
          for (int i = 0; i < height * width; i++) {
            assertEquals(pixels.get(i / width, i % width), cells.isOn(i / width, i % width));
          }
        });
  }

  @Property(tries = 60)
  void everyPixelIsInOneCell(
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 20) int cells,
      @ForAll long seed) {
    Pixels pixels = pixels(height, width, seed);
    Masks.with(
        pixels,
        mask -> {
          CellGrid grid = grid(mask, Math.min(cells, height), Math.min(cells, width));
          long foreground = 0;
          long all = 0;
          for (int i = 0; i < grid.rows() * grid.columns(); i++) {
            foreground += grid.foreground(i / grid.columns(), i % grid.columns());
            all += grid.pixels(i / grid.columns(), i % grid.columns());
          }
          assertEquals(pixels.count(), foreground);
          assertEquals((long) height * width, all);
        });
  }

  @Property(tries = 100)
  void nothingVanishesAndNothingAppears(
      @ForAll @IntRange(min = 8, max = 60) int height,
      @ForAll @IntRange(min = 8, max = 60) int width,
      @ForAll @IntRange(min = 2, max = 7) int step,
      @ForAll long seed) {
    Pixels pixels = pixels(height, width, seed);
    Masks.with(
        pixels,
        mask -> {
          CellGrid grid =
              CellGrid.of(mask, CellGrid.steps(0, height, step), CellGrid.steps(0, width, step));
          for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
              if (grid.foreground(row, column) > 0) {
                assertTrue(isOnNear(grid, row, column), row + ", " + column);
              } else {
                assertFalse(grid.isOn(row, column));
              }
              if (2 * grid.foreground(row, column) >= grid.pixels(row, column)) {
                assertTrue(grid.isOn(row, column));
              }
            }
          }
        });
  }

  private static boolean isOnNear(CellGrid grid, int row, int column) {
    for (int r = Math.max(0, row - 1); r <= Math.min(grid.rows() - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(grid.columns() - 1, column + 1); c++) {
        if (grid.isOn(r, c)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void aLineStaysAndTheEdgeOfAnAreaDoesNotSwell() {
    // Cells of 4 x 4: a line of one pixel on the left; an area with one pixel too many on the
    // right.
    Pixels pixels =
        Masks.of(
            """
            .#.........#####
            .#.........#####
            .#.........#####
            .#.........#####
            """);
    Masks.with(
        pixels,
        mask -> {
          CellGrid grid = grid(mask, 1, 4);
          assertTrue(grid.isOn(0, 0));
          assertFalse(grid.isOn(0, 1));
          assertFalse(grid.isOn(0, 2), "4 of 16, beside a full one");
          assertTrue(grid.isOn(0, 3));
        });
  }

  @Property
  void divisionsAreAsEqualAsCanBe(
      @ForAll @IntRange(min = 0, max = 1000) int from,
      @ForAll @IntRange(min = 1) int length,
      @ForAll @IntRange(min = 1, max = 200) int cells) {
    int bound = Math.min(length, Integer.MAX_VALUE - 1000);
    int parts = Math.min(cells, bound);
    int[] edges = CellGrid.divide(from, bound, parts);
    assertEquals(from, edges[0]);
    assertEquals(from + bound, edges[parts]);
    for (int i = 0; i < parts; i++) {
      int size = edges[i + 1] - edges[i];
      assertTrue(size == bound / parts || size == Math.ceilDiv(bound, parts), "cell of " + size);
    }
  }

  @Test
  void stepsEndWithWhatIsLeft() {
    assertEquals("[5, 9, 13, 15]", Arrays.toString(CellGrid.steps(5, 10, 4)));
    assertEquals("[0, 8]", Arrays.toString(CellGrid.steps(0, 8, 8)));
  }
}
