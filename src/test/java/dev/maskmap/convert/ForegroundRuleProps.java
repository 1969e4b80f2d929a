package dev.maskmap.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

/** Each rule, pixel by pixel, against its definition. */
class ForegroundRuleProps {
  @Property
  void nonZeroTakesEveryValueButZero(@ForAll @NotEmpty byte[] values) throws IOException {
    boolean[] mask = mask(ForegroundRule.nonZero(), narrow(Kind.GRAY, values));
    for (int i = 0; i < mask.length; i++) {
      assertEquals(values[i] != 0, mask[i]);
    }
  }

  @Property
  void thresholdTakesItsOwnValueAndAllAbove(
      @ForAll @IntRange(min = 1, max = 65_535) int threshold,
      @ForAll @NotEmpty List<@IntRange(max = 65_535) Integer> values)
      throws IOException {
    boolean[] mask = mask(ForegroundRule.threshold(threshold), wide(Kind.GRAY, ints(values)));
    for (int i = 0; i < mask.length; i++) {
      assertEquals(values.get(i) >= threshold, mask[i]);
    }
  }

  @Property
  void arraysTakeThresholdsOfAnySignAndFractions(
      @ForAll @DoubleRange(min = -2, max = 2) double threshold,
      @ForAll @NotEmpty List<@DoubleRange(min = -2, max = 2) Double> values)
      throws IOException {
    boolean[] mask = mask(ForegroundRule.threshold(threshold), reals(values));
    for (int i = 0; i < mask.length; i++) {
      assertEquals(values.get(i) >= threshold, mask[i]);
    }
  }

  @Property
  void chosenValuesAreForegroundAndNoOthers(
      @ForAll @Size(min = 1, max = 20) Set<@LongRange(min = -3, max = 255) Long> chosen,
      @ForAll @NotEmpty byte[] values)
      throws IOException {
    boolean[] mask = mask(ForegroundRule.values(chosen), narrow(Kind.INDEXED, values));
    for (int i = 0; i < mask.length; i++) {
      assertEquals(chosen.contains((long) (values[i] & 0xFF)), mask[i]);
    }
  }

  @Property
  void chosenNumbersMayBeNegative(
      @ForAll @Size(min = 1, max = 5) Set<@LongRange(min = -3, max = 3) Long> chosen,
      @ForAll @NotEmpty List<@IntRange(min = -6, max = 6) Integer> halves)
      throws IOException {
    List<Double> values = halves.stream().map(half -> half / 2.0).toList();
    boolean[] mask = mask(ForegroundRule.values(chosen), reals(values));
    for (int i = 0; i < mask.length; i++) {
      boolean whole = halves.get(i) % 2 == 0;
      assertEquals(whole && chosen.contains((long) halves.get(i) / 2), mask[i]);
    }
  }

  @Property
  void chosenColoursAreFoundInPalettesToo(
      @ForAll @Size(min = 1, max = 3) Set<@IntRange(max = 7) Integer> chosen,
      @ForAll @Size(8) List<@IntRange(max = 7) Integer> palette,
      @ForAll @NotEmpty List<@IntRange(max = 7) Integer> indexes)
      throws IOException {
    byte[] values = new byte[indexes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = indexes.get(i).byteValue();
    }
    DecodedImage image = indexed(values, ints(palette));
    boolean[] mask = mask(ForegroundRule.colors(chosen), image);
    for (int i = 0; i < mask.length; i++) {
      assertEquals(chosen.contains(palette.get(indexes.get(i))), mask[i]);
    }
  }

  @Example
  void ofAColourTheLargestChannelMeetsTheThreshold() {
    ForegroundRule rule = ForegroundRule.threshold(200);
    assertTrue(rule.isForeground(Kind.COLOR, 0xC80000));
    assertTrue(rule.isForeground(Kind.COLOR, 0x00C800));
    assertTrue(rule.isForeground(Kind.COLOR, 0x0000C8));
    assertFalse(rule.isForeground(Kind.COLOR, 0xC7C7C7));
  }

  @Example
  void minusZeroIsZero() throws IOException {
    DecodedImage zeros = reals(List.of(-0.0, 0.0));
    assertArrayEquals(new boolean[] {false, false}, mask(ForegroundRule.nonZero(), zeros));
    assertArrayEquals(new boolean[] {true, true}, mask(ForegroundRule.values(Set.of(0L)), zeros));
  }

  @Example
  void aColourImageOfGraysIsJudgedByItsGrays() throws IOException {
    DecodedImage image = wide(Kind.COLOR, 0x000000, 0x020202, 0xFFFFFF);
    ForegroundRule rule = ForegroundRule.values(Set.of(2L));
    assertArrayEquals(new boolean[] {false, true, false}, mask(rule, image));
    assertEquals(Kind.GRAY, rule.view(image).kind());
  }

  @Example
  void chosenValuesRefuseColoursAndNameTheOption() {
    DecodedImage image = wide(Kind.COLOR, 0x010101, 0xFF0000);
    String message = refused(ForegroundRule.values(Set.of(1L)), image);
    assertTrue(message.startsWith("some.png: a colour image (#FF0000 occurs)"), message);
    assertTrue(message.contains("--color RRGGBB"), message);
  }

  @Example
  void chosenColoursTakeTheGraysOfGrayImages() throws IOException {
    ForegroundRule rule = ForegroundRule.colors(Set.of(0x808080, 0xFFFFFF));
    byte[] grays = {0, (byte) 0x80, (byte) 0xFF, 1};
    assertArrayEquals(
        new boolean[] {false, true, true, false}, mask(rule, narrow(Kind.GRAY, grays)));
    PixelValues bits = new PixelValues.Bits(new byte[] {(byte) 0x40}, 1, 2);
    DecodedImage oneBit = new DecodedImage("some.png", 1, 2, Kind.GRAY, bits);
    assertArrayEquals(new boolean[] {false, true}, mask(rule, oneBit));
  }

  @Example
  void chosenColoursRefuseWhatHasNone() {
    ForegroundRule rule = ForegroundRule.colors(Set.of(0));
    assertTrue(refused(rule, reals(List.of(1.0))).contains("has no colours"));
    assertTrue(refused(rule, narrow(Kind.INDEXED, new byte[1])).contains("palette"));
    assertTrue(refused(rule, wide(Kind.GRAY, 700)).contains("gray of 16 bits"));
  }

  @Example
  void alphaAsksForAlphaAndRefusesWhatHasNone() throws IOException {
    ForegroundRule rule = ForegroundRule.alpha(128);
    assertEquals(Channel.ALPHA, rule.channel());
    assertEquals(Channel.VALUES, ForegroundRule.nonZero().channel());
    byte[] alpha = {0, 127, (byte) 128, (byte) 255};
    assertArrayEquals(
        new boolean[] {false, false, true, true}, mask(rule, narrow(Kind.ALPHA, alpha)));
    assertTrue(refused(rule, narrow(Kind.GRAY, alpha)).startsWith("some.png: has no alpha"));
  }

  @Example
  void thresholdsThatWouldTakeEverythingOfAnImageAreRefused() throws IOException {
    DecodedImage gray = narrow(Kind.GRAY, new byte[1]);
    for (double threshold : new double[] {0.5, 0, -3, 127.5}) {
      String message = refused(ForegroundRule.threshold(threshold), gray);
      assertTrue(message.contains("values of an image are whole"), message);
    }
    assertSame(gray, ForegroundRule.threshold(1).view(gray));
  }

  @Example
  void valuesThatNothingHasAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ForegroundRule.threshold(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> ForegroundRule.values(List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> ForegroundRule.values(List.of((1L << 53) + 1)));
    assertThrows(IllegalArgumentException.class, () -> ForegroundRule.colors(List.of(0x1000000)));
    assertThrows(IllegalArgumentException.class, () -> ForegroundRule.colors(List.of()));
    assertThrows(IllegalArgumentException.class, () -> ForegroundRule.alpha(0));
    assertThrows(IllegalArgumentException.class, () -> ForegroundRule.alpha(65_536));
  }

  @Example
  void everyRuleDescribesItself() {
    assertEquals("non-zero pixels", ForegroundRule.nonZero().describe());
    assertEquals(
        "pixels of value -1, 2, 10", ForegroundRule.values(Set.of(10L, 2L, -1L)).describe());
    assertEquals(
        "pixels of value 0.5 or more (of a colour, its largest channel)",
        ForegroundRule.threshold(0.5).describe());
    assertEquals("pixels of colour #0000FF", ForegroundRule.colors(Set.of(0xFF)).describe());
    assertEquals("pixels of alpha 7 or more", ForegroundRule.alpha(7).describe());
  }

  private static String refused(ForegroundRule rule, DecodedImage image) {
    IOException e = assertThrows(IOException.class, () -> rule.apply(image));
    assertTrue(e.getMessage().startsWith("some.png: "), e.getMessage());
    return e.getMessage();
  }

  /** The mask of an image of one row, pixel by pixel. */
  private static boolean[] mask(ForegroundRule rule, DecodedImage image) throws IOException {
    byte[] rows = rule.apply(image).rows();
    boolean[] mask = new boolean[image.width()];
    for (int i = 0; i < mask.length; i++) {
      assertEquals(0, rows[i] & 0x7F, "bits past the height");
      mask[i] = rows[i] != 0;
    }
    return mask;
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static DecodedImage narrow(Kind kind, byte[] values) {
    return new DecodedImage("some.png", 1, values.length, kind, new PixelValues.Narrow(values));
  }

  private static DecodedImage indexed(byte[] values, int[] palette) {
    return new DecodedImage(
        "some.png", 1, values.length, Kind.INDEXED, new PixelValues.Narrow(values), palette, "");
  }

  private static DecodedImage wide(Kind kind, int... values) {
    return new DecodedImage("some.png", 1, values.length, kind, new PixelValues.Wide(values));
  }

  private static DecodedImage reals(List<Double> values) {
    double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
    return new DecodedImage(
        "some.png", 1, numbers.length, Kind.NUMBER, new PixelValues.Reals(numbers));
  }
}
