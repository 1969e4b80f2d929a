package dev.maskmap.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoublePredicate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Each mask of a label map, pixel by pixel, against its definition. */
class LabelMapProps {
  @Property(tries = 300)
  void everyIdIsAMaskOfItsPixels(
      @ForAll @Size(24) List<@IntRange(max = 5) Integer> ids,
      @ForAll @IntRange(min = 1, max = 4) int kind)
      throws IOException {
    DecodedImage image = image(ids, kind);
    LabelledMasks split = read(image, Labels.found(List.of("000005")));
    Set<String> expected = new HashSet<>(Set.of(Labels.VALID));
    for (int id = 1; id <= 4; id++) {
      if (ids.contains(id)) {
        String label = kind == 4 ? "00000" + id : "" + id;
        expected.add(label);
        int value = id;
        check(image, split.masks().get(label), v -> v == value);
        assertEquals(ids.stream().filter(v -> v == value).count(), split.foreground(label));
      }
    }
    assertEquals(expected, split.masks().keySet());
    check(image, split.masks().get(Labels.VALID), v -> v != 5);
    assertEquals(ids.contains(0), split.background());
  }

  private static DecodedImage image(List<Integer> ids, int kind) {
    int[] ints = ids.stream().mapToInt(Integer::intValue).toArray();
    byte[] bytes = new byte[ints.length];
    for (int i = 0; i < ints.length; i++) {
      bytes[i] = (byte) ints[i];
    }
    return switch (kind) {
      case 1 -> image(Kind.INDEXED, new PixelValues.Narrow(bytes));
      case 2 -> image(Kind.GRAY, new PixelValues.Wide(ints));
      case 3 ->
          image(Kind.NUMBER, new PixelValues.Reals(Arrays.stream(ints).asDoubleStream().toArray()));
      default -> image(Kind.COLOR, new PixelValues.Wide(ints));
    };
  }

  private static void check(DecodedImage image, PackedMask mask, DoublePredicate foreground) {
    assertArrayEquals(ColumnPacking.pack(image, foreground).rows(), mask.rows());
  }

  @Example
  void moreThanAByteOfListedLabelsAreAllFound() throws IOException {
    Path list = Files.createTempFile("ids", ".txt");
    StringBuilder text = new StringBuilder();
    int[] ints = new int[600];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = i;
      text.append(i).append('\n');
    }
    Files.writeString(list, text);
    DecodedImage image = image(Kind.GRAY, new PixelValues.Wide(ints), 1, 600);
    LabelledMasks split = read(image, Labels.listed(list, List.of()));
    Files.delete(list);
    assertEquals(600, split.masks().size());
    for (int i = 0; i < ints.length; i++) {
      int id = i;
      check(image, split.masks().get("" + i), v -> v == id);
    }
  }

  @Example
  void fractionsAndBitsHaveNoLabels() {
    DecodedImage half = image(Kind.NUMBER, new PixelValues.Reals(new double[] {0, 0.5}), 1, 2);
    assertRefused(half, "x.img: holds 0.5, and ids are whole numbers");
    TestInputs.Item bits = TestInputs.mask("x");
    IOException e =
        assertThrows(IOException.class, () -> LabelMap.read(bits, Labels.found(List.of())));
    assertTrue(e.getMessage().startsWith("x.img: bits, which have no labels"), e.getMessage());
  }

  @Example
  void aPhotographIsRefusedAtOnce() {
    int[] colors = new int[100_000];
    Arrays.setAll(colors, i -> i);
    assertRefused(
        image(Kind.COLOR, new PixelValues.Wide(colors), 100, 1000), "x.img: more than 65536 ids");
  }

  @Example
  void negativeNumbersAndColoursCanBeIgnored() throws IOException {
    DecodedImage numbers = image(Kind.NUMBER, new PixelValues.Reals(new double[] {-1, 2}), 1, 2);
    LabelledMasks split = read(numbers, Labels.found(List.of("-1")));
    assertEquals(Set.of("2", "valid"), split.masks().keySet());
    DecodedImage colors = image(Kind.COLOR, new PixelValues.Wide(new int[] {0xE0E0C0, 7}), 1, 2);
    split = read(colors, Labels.found(List.of("#e0e0c0")));
    assertEquals(Set.of("000007", "valid"), split.masks().keySet());
  }

  private static void assertRefused(DecodedImage image, String start) {
    IOException e = assertThrows(IOException.class, () -> read(image, Labels.found(List.of())));
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
  }

  private static LabelledMasks read(DecodedImage image, Labels labels) throws IOException {
    return LabelMap.read(TestInputs.item("x", () -> image), labels);
  }

  private static DecodedImage image(Kind kind, PixelValues values) {
    return image(kind, values, 12, 2);
  }

  private static DecodedImage image(Kind kind, PixelValues values, int height, int width) {
    return new DecodedImage("x.img", height, width, kind, values);
  }
}
