package dev.maskmap.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.BitSquare;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelValues;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import java.util.function.IntBinaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Every way of packing, over all small sizes, against the naive loop. */
class ColumnPackingTest {
  private static final List<DoublePredicate> RULES =
      List.of(v -> v != 0, v -> v == 0, v -> true, v -> false, v -> v >= 2);

  /** What is drawn: noise, areas of one value, one value. */
  private static final List<IntBinaryOperator> PICTURES =
      List.of(
          (y, x) -> new SplittableRandom(y * 64L + x).nextInt(4),
          (y, x) -> (y / 9 + x / 11) % 3,
          (y, x) -> x < 65 + y ? 1 : 0,
          (y, x) -> 1,
          (y, x) -> 0);

  @Test
  void allValuesOfAllSizesArePackedAsTheNaiveLoopPacksThem() {
    for (int height = 1; height <= 40; height++) {
      for (int width = 1; width <= 40; width++) {
        for (IntBinaryOperator picture : PICTURES) {
          check(height, width, picture);
        }
      }
    }
  }

  @Test
  void bitsInTheMiddleOfAWideImageAreFound() {
    check(16, 200, PICTURES.get(2));
    // Wider than a row of longs, with foreground in one column only.
    for (int column = 0; column < 300; column += 37) {
      int at = column;
      check(17, 300, (y, x) -> x == at ? 1 : 0);
    }
  }

  private static void check(int height, int width, IntBinaryOperator picture) {
    int[] values = new int[height * width];
    Arrays.setAll(values, i -> picture.applyAsInt(i / width, i % width));
    byte[] bytes = new byte[values.length];
    double[] numbers = new double[values.length];
    byte[] bits = new byte[height * ((width + 7) / 8)];
    // What stands past the width has no meaning.
    Arrays.fill(bits, (byte) 0xFF);
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
      numbers[i] = values[i];
      if (values[i] % 2 == 0) {
        bits[i / width * ((width + 7) / 8) + i % width / 8] &= (byte) ~(0x80 >> i % width % 8);
      }
    }
    for (PixelValues all :
        List.of(
            new PixelValues.Narrow(bytes),
            new PixelValues.Wide(values),
            new PixelValues.Reals(numbers),
            new PixelValues.Bits(bits, height, width))) {
      for (DoublePredicate rule : RULES) {
        DecodedImage image = new DecodedImage("x", height, width, Kind.NUMBER, all);
        PackedMask packed = ColumnPacking.pack(image, rule);
        assertArrayEquals(naive(image, rule), packed.rows(), () -> height + "x" + width + all);
      }
    }
    PixelValues.Bits asBits = new PixelValues.Bits(bits, height, width);
    assertEquals(Arrays.stream(values).filter(v -> v % 2 == 1).count(), BitColumns.count(asBits));
    assertArrayEquals(counts(bytes), ByteCounts.of(bytes));
  }

  private static byte[] naive(DecodedImage image, DoublePredicate rule) {
    byte[] out = new byte[(image.height() + 7) / 8 * image.width()];
    for (int i = 0; i < image.values().length(); i++) {
      if (rule.test(image.values().at(i))) {
        int y = i / image.width();
        out[y / 8 * image.width() + i % image.width()] |= (byte) (0x80 >> y % 8);
      }
    }
    return out;
  }

  private static long[] counts(byte[] bytes) {
    long[] counts = new long[256];
    for (byte b : bytes) {
      counts[b & 0xFF]++;
    }
    return counts;
  }

  @Test
  void byteCountsHoldForEveryLengthOfRun() {
    SplittableRandom random = new SplittableRandom(5);
    for (int run = 0; run < 300; run++) {
      byte[] bytes = new byte[random.nextInt(1, 200)];
      for (int i = 0; i < bytes.length; ) {
        int end = Math.min(bytes.length, i + random.nextInt(1, 40));
        Arrays.fill(bytes, i, end, (byte) random.nextInt(256));
        i = end;
      }
      assertArrayEquals(counts(bytes), ByteCounts.of(bytes));
    }
  }

  @Test
  void aTransposedBlockHasEachBitAtItsMirroredPlace() {
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        long bit = 1L << (63 - 8 * row - column);
        assertEquals(1L << (63 - 8 * column - row), BitSquare.transpose(bit));
      }
    }
    assertTrue(
        LongStream.of(0x123456789ABCDEFL, -1L, 0x8000000000000001L)
            .allMatch(block -> BitSquare.transpose(BitSquare.transpose(block)) == block));
  }

  @Test
  void notesGoWithTheMask() {
    DecodedImage image =
        new DecodedImage("x", 1, 1, Kind.GRAY, new PixelValues.Narrow(new byte[1]), null, "lossy");
    assertEquals("lossy", ColumnPacking.pack(image, v -> true).note());
  }
}
