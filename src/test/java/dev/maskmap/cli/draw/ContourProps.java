package dev.maskmap.cli.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.Mask;
import dev.maskmap.Region;
import dev.maskmap.testing.Masks;
import dev.maskmap.testing.Pixels;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ContourProps {
  private static final int[][] BESIDE = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};

  @Property(tries = 100)
  void theContourOfAnyPartEqualsTheNaiveLoop(
      @ForAll @IntRange(min = 1, max = 24) int height,
      @ForAll @IntRange(min = 1, max = 24) int width,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Pixels pixels =
        random.nextBoolean()
            ? Pixels.noise(height, width, seed)
            : Pixels.blobs(height, width, seed);
    int partHeight = random.nextInt(height) + 1;
    int partWidth = random.nextInt(width) + 1;
    int y = random.nextInt(height - partHeight + 1);
    int x = random.nextInt(width - partWidth + 1);
    Masks.with(
        pixels,
        mask -> {
          byte[] kinds = Contour.of(mask, Region.of(y, x, partHeight, partWidth), 1);
          assertEquals(partHeight * partWidth, kinds.length);
          for (int i = 0; i < kinds.length; i++) {
            assertEquals(kind(pixels, y + i / partWidth, x + i % partWidth), kinds[i], "at " + i);
          }
        });
  }

  private static byte kind(Pixels pixels, int y, int x) {
    boolean on = isOn(pixels, y, x);
    for (int[] step : BESIDE) {
      if (isOn(pixels, y + step[0], x + step[1]) != on) {
        return on ? Contour.LINE : Contour.EDGE;
      }
    }
    return Contour.NONE;
  }

  private static boolean isOn(Pixels pixels, int y, int x) {
    return y >= 0 && x >= 0 && y < pixels.height() && x < pixels.width() && pixels.get(y, x);
  }

  @Test
  void scaledDownItIsTheContourOfTheCells() {
    Pixels pixels =
        Masks.of(
            """
            ..........
            ..######..
            ..######..
            ..######..
            ..######..
            ..########
            ..########
            ..........
            """);
    Masks.with(pixels, mask -> assertEquals("21112 21012 21001 21111", scaled(mask)));
  }

  private static String scaled(Mask mask) {
    Region whole = Region.of(0, 0, mask.height(), mask.width());
    byte[] kinds = Contour.of(mask, whole, 2);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < kinds.length; i++) {
      rows.append(i % 5 == 0 && i > 0 ? " " : "").append(kinds[i]);
    }
    return rows.toString();
  }
}
