package dev.maskmap.cli.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Mask;
import dev.maskmap.Region;
import dev.maskmap.testing.Masks;
import dev.maskmap.testing.Pixels;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TerminalDrawingTest {
  private static final Pixels ARROW =
      Masks.of(
          """
          ..#..
          .###.
          #####
          ..#..
          ..#..
          """);

  private static Region whole(Mask mask) {
    return Region.of(0, 0, mask.height(), mask.width());
  }

  private static String draw(Pixels pixels, TerminalStyle style, int columns, int rows) {
    StringBuilder text = new StringBuilder();
    Masks.with(
        pixels,
        mask ->
            TerminalDrawing.draw(mask, whole(mask), style, columns, rows)
                .lines()
                .forEach(line -> text.append(line).append('\n')));
    return text.toString();
  }

  @Test
  void halfBlocksShowEachPixel() {
    assertEquals(
        """
        ┌─────┐
        │ ▄█▄ │
        │▀▀█▀▀│
        │  ▀  │
        └─────┘
        """,
        draw(ARROW, TerminalStyle.BLOCKS, 80, 24));
  }

  @Test
  void brailleShowsEachPixel() {
    assertEquals(
        """
        ┌───┐
        │⠴⡷⠄│
        │⠀⠁⠀│
        └───┘
        """,
        draw(ARROW, TerminalStyle.BRAILLE, 80, 24));
  }

  @Test
  void asciiShowsHowMuchOfTwoPixelsIsForeground() {
    assertEquals(
        """
        +-----+
        | :#: |
        |::#::|
        |  #  |
        +-----+
        """,
        draw(ARROW, TerminalStyle.ASCII, 80, 24));
  }

  @Test
  void aPartIsDrawnAlone() {
    Masks.with(
        ARROW,
        mask ->
            assertEquals(
                List.of("┌──┐", "│█▄│", "└──┘"),
                TerminalDrawing.draw(mask, Region.of(0, 2, 2, 2), TerminalStyle.BLOCKS, 80, 24)
                    .lines()));
  }

  @Test
  void aLargeMaskIsScaledDownInProportionAndALineStays() {
    Pixels line = Masks.of((".".repeat(100) + "#" + ".".repeat(99) + "\n").repeat(100));
    assertEquals(
        """
        +--------------------+
        |          .         |
        |          .         |
        |          .         |
        |          .         |
        |          .         |
        +--------------------+
        """,
        draw(line, TerminalStyle.ASCII, 22, 24));
  }

  @Property(tries = 60)
  void brailleAtOneDotAPixelIsTheMask(
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll long seed) {
    Pixels pixels = Pixels.noise(height, width, seed);
    List<String> lines = draw(pixels, TerminalStyle.BRAILLE, 80, 24).lines().toList();
    int[] rows = {0, 1, 2, 6, 3, 4, 5, 7}; // the bits of one column, then of the other
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        char character = lines.get(1 + y / 4).charAt(1 + x / 2);
        int bit = rows[x % 2 * 4 + y % 4];
        assertEquals(pixels.get(y, x), (character - 0x2800 >> bit & 1) == 1, y + ", " + x);
      }
    }
  }

  @Property(tries = 60)
  void halfBlocksAtOneDotAPixelAreTheMask(
      @ForAll @IntRange(min = 1, max = 44) int height,
      @ForAll @IntRange(min = 1, max = 78) int width,
      @ForAll long seed) {
    Pixels pixels = Pixels.noise(height, width, seed);
    List<String> lines = draw(pixels, TerminalStyle.BLOCKS, 80, 24).lines().toList();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        char character = lines.get(1 + y / 2).charAt(1 + x);
        String lit = y % 2 == 0 ? "▀█" : "▄█";
        assertEquals(pixels.get(y, x), lit.indexOf(character) >= 0, y + ", " + x);
      }
    }
  }

  @Property(tries = 100)
  void aDrawingFitsAndKeepsTheProportionOfItsSides(
      @ForAll @IntRange(min = 1, max = 3000) int height,
      @ForAll @IntRange(min = 1, max = 3000) int width,
      @ForAll TerminalStyle style,
      @ForAll @IntRange(min = 3, max = 120) int columns,
      @ForAll @IntRange(min = 3, max = 50) int rows) {
    Masks.with(
        Pixels.of(height, width, new BitSet()),
        mask -> {
          TerminalDrawing drawing = TerminalDrawing.draw(mask, whole(mask), style, columns, rows);
          int high = drawing.lines().size() - 2;
          int wide = drawing.lines().getFirst().length() - 2;
          assertTrue(high >= 1 && high <= rows - 2 && wide >= 1 && wide <= columns - 2);
          // Within a character of the exact proportion, a character being twice as high as wide.
          double scale = drawing.pixelsPerDot();
          assertEquals(width / scale / style.dotsAcross(), wide, 1);
          assertEquals(height / scale / style.dotHeight() / style.dotsDown(), high, 1);
          boolean full = wide == columns - 2 || high == rows - 2;
          assertTrue(scale == 1 || full, "as large as it fits");
          assertEquals(
              style.dotHeight() == 1 && TerminalDrawing.isExact(whole(mask), style, columns, rows),
              style.dotHeight() == 1 && scale == 1);
        });
  }
}
