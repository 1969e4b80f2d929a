package dev.maskmap.convert.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Groups of every size, so that the ways of reading are all met: all masks, or those of a group.
 */
class FortranGroupTest {
  /** Counts the reads and refuses one that goes back. */
  private static final class Counted implements Bytes {
    private final byte[] content;
    private long behind;
    private long bytes;
    private boolean finished;

    Counted(byte[] content) {
      this.content = content;
    }

    @Override
    public void read(long position, byte[] into, int from, int length) {
      assertTrue(position >= behind, "goes back");
      System.arraycopy(content, (int) position, into, from, length);
      behind = position + length;
      bytes += length;
    }

    @Override
    public void finish() {
      finished = true;
    }

    @Override
    public void close() {}
  }

  private static void check(
      int masks, int rows, int columns, String type, long groupBytes, long seed)
      throws IOException {
    byte[] content = new byte[masks * rows * columns * ElementType.named(type).bytes() + 5];
    new Random(seed).nextBytes(content);
    ElementType element = ElementType.named(type);
    ArrayPlan plan = new ArrayPlan(new ArrayGrid(masks, rows, columns, true), element, null, 5);
    double[] all = new double[masks * rows * columns];
    byte[] data = Arrays.copyOfRange(content, 5, content.length);
    element.decode(data, 0, all.length, all);
    FortranGroup group = null;
    for (int mask = 0; mask < masks; mask++) {
      if (group == null || !group.holds(mask)) {
        Counted in = new Counted(content);
        group = FortranGroup.of(() -> in, plan, mask, groupBytes);
      }
      PixelValues values = group.take(mask);
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          double expected = all[mask + masks * (y + rows * x)];
          assertEquals(expected, values.at(y * columns + x), "mask " + mask);
        }
      }
    }
  }

  @Property(tries = 200)
  void everyGroupGathersItsMasks(
      @ForAll @IntRange(min = 2, max = 40) int masks,
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 9) int columns,
      @ForAll @IntRange(min = 1, max = 5000) int groupBytes,
      @ForAll long seed)
      throws IOException {
    check(masks, rows, columns, "u1", groupBytes, seed);
    check(masks, rows, columns, ">i4", groupBytes, seed);
  }

  @Test
  void farApartPixelsAreReadWithoutWhatLiesBetween() throws IOException {
    check(40_000, 3, 2, "u1", 60, 1);
    int masks = 40_000;
    ArrayGrid grid = new ArrayGrid(masks, 3, 2, true);
    ArrayPlan plan = new ArrayPlan(grid, ElementType.UINT8, null, 0);
    Counted in = new Counted(new byte[masks * 6]);
    FortranGroup.of(() -> in, plan, 100, 60).take(100);
    assertEquals(60, in.bytes);
    assertTrue(in.finished);
  }

  @Test
  void aMaskIsTakenOnce() throws IOException {
    ArrayPlan plan = new ArrayPlan(new ArrayGrid(2, 1, 1, true), ElementType.UINT8, null, 0);
    FortranGroup group = FortranGroup.of(() -> new Counted(new byte[2]), plan, 0, 10);
    group.take(1);
    assertThrows(NullPointerException.class, () -> group.take(1));
  }
}
