package dev.maskmap.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class ValueTableTest {
  private final ForegroundRule rule = ForegroundRule.nonZero();

  @Test
  void theLargestShareComesFirstAndEachValueSaysWhatItCountsAs() {
    ValueTable table = gray(0, 0, 0, 0, 0, 0, 0, 255);
    assertEquals(
        List.of(
            "value                   pixels     share  counted as",
            "gray 0                       7   87.50 %  background",
            "gray 255                     1   12.50 %  foreground"),
        table.render());
    assertEquals(2, table.distinctValues());
  }

  @Test
  void coloursAndIndexesAreLabelledAsSuch() {
    ValueTable table = wide(Kind.COLOR, 0xFF8000, 0xFF8000);
    table.merge(wide(Kind.INDEXED, 3));
    List<String> lines = table.render();
    assertTrue(lines.get(1).startsWith("#FF8000 "), lines.get(1));
    assertTrue(lines.get(2).startsWith("index 3 "), lines.get(2));
  }

  @Test
  void twoValuesOfEachKindAreNotMoreThanTwo() {
    ValueTable table = gray(0, 255);
    table.merge(wide(Kind.INDEXED, 0, 1));
    assertEquals(2, table.distinctValues());
    table.merge(gray(7));
    assertEquals(3, table.distinctValues());
  }

  @Test
  void upToTwelveValuesEachHaveARow() {
    assertEquals(13, gray(IntStream.range(0, 12).toArray()).render().size());
  }

  @Test
  void moreValuesAreFoldedWithTheirForeground() {
    List<String> lines = gray(IntStream.range(0, 14).map(i -> 13 - i).toArray()).render();
    assertEquals(13, lines.size());
    assertEquals(
        "and 3 more                   3   21.43 %  3 of these pixels foreground", lines.getLast());
  }

  @Test
  void aMillionColoursAreCountedInBoundedMemoryAndNoPixelIsLost() {
    int colors = 1_000_000;
    ValueTable table = wide(Kind.COLOR, IntStream.range(0, colors).toArray());
    assertEquals(ValueCounts.MAX_DISTINCT, table.distinctValues());
    List<String> lines = table.render();
    assertEquals(13, lines.size());
    assertTrue(lines.getLast().matches("and others +999,989 +100.00 % .*"), lines.getLast());
    assertTrue(lines.getLast().contains("999,989 of these"), lines.getLast());
  }

  @Test
  void aTinyShareIsNotShownAsNone() {
    int[] values = new int[100_000];
    values[5] = 9;
    assertTrue(gray(values).render().getLast().contains("< 0.01 %"));
  }

  @Property
  void countsEqualAHashMap(
      @ForAll @NotEmpty List<@IntRange(max = 500) Integer> values,
      @ForAll @IntRange(min = -1, max = 1_000_000) int spread) {
    ValueCounts counts = new ValueCounts();
    Map<Double, Long> expected = new HashMap<>();
    for (int value : values) {
      double key = value * (double) spread / 8 + 0.0;
      counts.add(key, 2);
      expected.merge(key, 2L, Long::sum);
    }
    Map<Double, Long> found = new TreeMap<>();
    List<Double> order = new ArrayList<>();
    counts.forEach(
        (value, pixels) -> {
          found.put(value, pixels);
          order.add(value);
        });
    assertEquals(order.stream().sorted().toList(), order);
    assertEquals(expected, found);
    assertEquals(expected.size(), counts.distinct());
  }

  @Test
  void masksThatCameAsBitsHaveRowsOfTheirOwn() {
    ValueTable table = gray(0, 1);
    table.merge(ValueTable.of(new PackedMask(9, 1, new byte[] {(byte) 0xF0, 0}), rule));
    assertEquals(
        List.of(
            "value                   pixels     share  counted as",
            "bit 0                        5   45.45 %  background",
            "bit 1                        4   36.36 %  foreground",
            "gray 0                       1    9.09 %  background",
            "gray 1                       1    9.09 %  foreground"),
        table.render());
    assertEquals(2, table.distinctValues());
  }

  @Test
  void numbersKeepTheirSignAndFraction() {
    double[] numbers = {-1, -1, -1, 0.5, 0.5, -0.0, 0.0, 0.0, 0.0};
    List<String> lines = table(Kind.NUMBER, new PixelValues.Reals(numbers)).render();
    assertTrue(lines.get(1).startsWith("value 0  "), lines.get(1));
    assertTrue(lines.get(2).startsWith("value -1 "), lines.get(2));
    assertTrue(lines.get(3).startsWith("value 0.5 "), lines.get(3));
  }

  @Test
  void bitsAreCountedWithoutWhatStandsPastTheWidth() {
    byte[] rows = {(byte) 0b101_11111, (byte) 0b000_11111};
    List<String> lines = table(Kind.GRAY, new PixelValues.Bits(rows, 2, 3), 2, 3).render();
    assertEquals("gray 0                       4   66.67 %  background", lines.get(1));
    assertEquals("gray 1                       2   33.33 %  foreground", lines.get(2));
  }

  private ValueTable gray(int... values) {
    byte[] bytes = new byte[values.length];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) values[i]);
    return table(Kind.GRAY, new PixelValues.Narrow(bytes));
  }

  private ValueTable wide(Kind kind, int... values) {
    return table(kind, new PixelValues.Wide(values));
  }

  private ValueTable table(Kind kind, PixelValues values) {
    return table(kind, values, 1, values.length());
  }

  private ValueTable table(Kind kind, PixelValues values, int height, int width) {
    return ValueTable.of(new DecodedImage("x.png", height, width, kind, values), rule);
  }
}
