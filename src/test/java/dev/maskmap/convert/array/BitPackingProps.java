package dev.maskmap.convert.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.convert.array.BitPacking.Direction;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.testing.Pixels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BitPackingProps {
  /** Packs one pixel at a time, and sets all bits that stand for none: they must be ignored. */
  private static byte[] pack(Pixels pixels, Direction direction, boolean little) {
    int height = pixels.height();
    int width = pixels.width();
    List<Long> shape = PackedShape.shape(0, height, width, direction);
    byte[] bytes =
        new byte[(int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b)];
    Arrays.fill(bytes, (byte) 0xFF);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rowBytes = (width + 7) / 8;
        int bit =
            switch (direction) {
              case DOWN -> (y / 8 * width + x) * 8 + y % 8;
              case ALONG -> y * rowBytes * 8 + x;
              case FLAT -> y * width + x;
            };
        if (!pixels.get(y, x)) {
          bytes[bit / 8] &= (byte) ~(little ? 1 << bit % 8 : 0x80 >> bit % 8);
        }
      }
    }
    return bytes;
  }

  private static void check(Pixels pixels, Direction direction, boolean little) {
    BitPacking packing = new BitPacking(direction, little, pixels.height(), pixels.width());
    PackedMask mask = packing.unpack(pack(pixels, direction, little));
    assertEquals(pixels.height(), mask.height());
    assertEquals(pixels.width(), mask.width());
    assertArrayEquals(pixels.packed(), mask.rows(), packing::toString);
  }

  @Property(tries = 300)
  void everyPackingBecomesTheOneOfAStore(
      @ForAll @IntRange(min = 1, max = 120) int height,
      @ForAll @IntRange(min = 1, max = 120) int width,
      @ForAll Direction direction,
      @ForAll boolean little,
      @ForAll Random random) {
    check(Pixels.noise(height, width, random.nextLong()), direction, little);
  }

  @Test
  void everySmallSizeBecomesThePackingOfAStore() {
    for (int height = 1; height <= 18; height++) {
      for (int width = 1; width <= 18; width++) {
        for (Direction direction : Direction.values()) {
          Pixels pixels = Pixels.noise(height, width, height * 100L + width);
          check(pixels, direction, false);
          check(pixels, direction, true);
        }
      }
    }
  }
}
