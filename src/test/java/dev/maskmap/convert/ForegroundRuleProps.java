package dev.maskmap.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.DecodedImage.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;

/** Each rule, pixel by pixel, against its definition. */
class ForegroundRuleProps {
  private static final Path FILE = Path.of("some.png");

  @Property
  void nonZeroTakesEveryValueButZero(@ForAll @NotEmpty byte[] values) throws IOException {
    byte[] mask = ForegroundRule.nonZero().apply(narrow(values));
    for (int i = 0; i < mask.length; i++) {
      assertEquals(values[i] == 0 ? 0 : 1, mask[i]);
    }
  }

  @Property
  void thresholdTakesItsOwnValueAndAllAbove(
      @ForAll @IntRange(min = 1, max = 65_535) int threshold,
      @ForAll @NotEmpty List<@IntRange(max = 65_535) Integer> values)
      throws IOException {
    byte[] mask = ForegroundRule.threshold(threshold).apply(wide(Kind.GRAY, values));
    for (int i = 0; i < mask.length; i++) {
      assertEquals(values.get(i) >= threshold ? 1 : 0, mask[i]);
    }
  }

  @Property
  void chosenValuesAreForegroundAndNoOthers(
      @ForAll @NotEmpty Set<@IntRange(max = 255) Integer> chosen, @ForAll @NotEmpty byte[] values)
      throws IOException {
    byte[] mask = ForegroundRule.values(chosen).apply(narrow(values));
    for (int i = 0; i < mask.length; i++) {
      assertEquals(chosen.contains(values[i] & 0xFF) ? 1 : 0, mask[i]);
    }
  }

  @Example
  void ofAColourTheLargestChannelMeetsTheThreshold() {
    ForegroundRule rule = ForegroundRule.threshold(200);
    assertTrue(rule.isForeground(Kind.COLOR, 0xC80000));
    assertTrue(rule.isForeground(Kind.COLOR, 0x00C800));
    assertTrue(rule.isForeground(Kind.COLOR, 0x0000C8));
    assertTrue(!rule.isForeground(Kind.COLOR, 0xC7C7C7));
  }

  @Example
  void chosenValuesRefuseAColourImageByName() {
    DecodedImage image = wide(Kind.COLOR, List.of(1));
    IOException e =
        assertThrows(IOException.class, () -> ForegroundRule.values(Set.of(1)).apply(image));
    assertTrue(e.getMessage().startsWith("some.png: an RGB image"), e.getMessage());
  }

  @Example
  void valuesThatNoImageHasAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ForegroundRule.threshold(0));
    assertThrows(IllegalArgumentException.class, () -> ForegroundRule.threshold(65_536));
    assertThrows(IllegalArgumentException.class, () -> ForegroundRule.values(List.of()));
    assertThrows(IllegalArgumentException.class, () -> ForegroundRule.values(List.of(-1)));
    assertEquals(65_535, ForegroundRule.MAX_VALUE);
  }

  @Example
  void everyRuleDescribesItself() {
    assertEquals("non-zero pixels", ForegroundRule.nonZero().describe());
    assertEquals("pixels of value 1, 2, 10", ForegroundRule.values(Set.of(10, 2, 1)).describe());
    assertTrue(ForegroundRule.threshold(7).describe().contains("7 or more"));
  }

  private static DecodedImage narrow(byte[] values) {
    return new DecodedImage(FILE, 1, values.length, Kind.GRAY, new PixelValues.Narrow(values));
  }

  private static DecodedImage wide(Kind kind, List<Integer> values) {
    int[] ints = values.stream().mapToInt(Integer::intValue).toArray();
    return new DecodedImage(FILE, 1, ints.length, kind, new PixelValues.Wide(ints));
  }
}
