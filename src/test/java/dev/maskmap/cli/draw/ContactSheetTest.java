package dev.maskmap.cli.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.Region;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
  @TempDir Path folder;

  /** One colour, however it is scaled. */
  private record Plain(int height, int width, int value, boolean isColor) implements Tile.Content {
    @Override
    public int[] pixels(int factor) {
      int[] pixels = new int[Math.ceilDiv(height, factor) * Math.ceilDiv(width, factor)];
      Arrays.fill(pixels, value);
      return pixels;
    }
  }

  private static Tile plain(int height, int width, int value, boolean color) {
    Tile.Line line = new Tile.Line("mask", SheetPalette.NAME);
    return new Tile(
        new Plain(height, width, value, color), height, width, List.of(line, line, line));
  }

  private static List<Tile> tiles(int count, int height, int width) {
    return IntStream.range(0, count).mapToObj(i -> plain(height, width, i % 16, false)).toList();
  }

  @Test
  void theSheetShowsEveryPixelOfEveryMask() throws IOException {
    List<Pixels> masks = List.of(Pixels.noise(64, 96, 1), Pixels.noise(64, 96, 2));
    try (MaskStore store = MaskStore.open(Stores.write(folder.resolve("t.masks"), masks))) {
      List<Tile> tiles =
          IntStream.range(0, 2)
              .mapToObj(i -> new MaskContent(store.mask(i), Region.of(0, 0, 64, 96)))
              .map(content -> new Tile(content, 64, 96, List.of()))
              .toList();
      SheetLayout layout = SheetLayout.of(tiles, false);
      BufferedImage sheet = ContactSheet.draw(tiles);
      for (int i = 0; i < tiles.size(); i++) {
        for (int p = 0; p < 64 * 96; p++) {
          int x = layout.left(i) + 1 + p % 96;
          int y = layout.top(i) + 1 + p / 96;
          int expected = masks.get(i).get(p / 96, p % 96) ? 15 : 0;
          assertEquals(expected, sheet.getRaster().getSample(x, y, 0));
        }
      }
    }
  }

  @Test
  void sixteenSquarePatchesMakeFourByFour() {
    List<Tile> tiles = tiles(16, 256, 256);
    SheetLayout layout = SheetLayout.of(tiles, false);
    assertEquals(4, layout.columns());
    assertEquals(4, layout.rows());
    assertEquals(1, layout.factor(tiles.getFirst()));
  }

  @Test
  void aHugeMaskIsScaledDownAndASinglePixelStaysVisible() throws IOException {
    BitSet bits = new BitSet();
    bits.set(500 * 1920 + 700);
    Path path = Stores.write(folder.resolve("t.masks"), Pixels.of(1080, 1920, bits));
    try (MaskStore store = MaskStore.open(path)) {
      Region whole = Region.of(0, 0, 1080, 1920);
      Tile tile = new Tile(new MaskContent(store.mask(0), whole), 1080, 1920, List.of());
      assertEquals(4, SheetLayout.of(List.of(tile), false).factor(tile));
      BufferedImage sheet = ContactSheet.draw(List.of(tile));
      assertTrue(sheet.getRaster().getSample(21 + 175, 21 + 125, 0) > 0);
      assertEquals(0, sheet.getRaster().getSample(21 + 176, 21 + 125, 0));
    }
  }

  @Test
  void aSmallMaskIsNotScaledDownBecauseALargeOneIsBesideIt() {
    Tile small = plain(37, 53, 1, false);
    Tile large = plain(1080, 1920, 1, false);
    SheetLayout layout = SheetLayout.of(List.of(small, large), false);
    assertEquals(1, layout.factor(small));
    assertEquals(4, layout.factor(large));
    assertEquals(480, layout.cellWidth());
    assertEquals(1, layout.columns());
    assertTrue(layout.top(1) - layout.top(0) < 270, "a row is as high as its own tiles");
  }

  @Test
  void colourIsKeptAndASheetWithoutColourHasFewColours() throws IOException {
    BufferedImage color =
        ContactSheet.draw(List.of(plain(8, 8, 0x123456, true), plain(8, 8, 15, false)));
    SheetLayout layout = SheetLayout.of(tiles(2, 8, 8), true);
    assertEquals(0xFF123456, color.getRGB(layout.left(0) + 1, layout.top(0) + 1));
    assertEquals(
        0xFF000000 | SheetPalette.rgb(15), color.getRGB(layout.left(1) + 1, layout.top(1) + 1));
    Path file = folder.resolve("plain.png");
    ImageIO.write(ContactSheet.draw(tiles(2, 8, 8)), "png", file.toFile());
    assertEquals(3, Files.readAllBytes(file)[25], "colour type: palette");
    int shown = ImageIO.read(file.toFile()).getRGB(layout.left(1) + 1, layout.top(1) + 1);
    assertEquals(SheetPalette.rgb(1), shown & 0xFFFFFF);
  }

  @Test
  void manyTilesMakeThemSmallerUntilTheSheetFits() {
    List<Tile> tiles = tiles(2000, 512, 512);
    SheetLayout layout = SheetLayout.of(tiles, false);
    assertTrue((long) layout.width() * layout.height() <= 1L << 26, layout.toString());
    assertTrue(layout.factor(tiles.getFirst()) > 1);
  }

  @Test
  void noTilesAreRefusedAndSoAreTooMany() {
    assertThrows(IllegalArgumentException.class, () -> ContactSheet.draw(List.of()));
    List<Tile> tiles = tiles(10_000, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> SheetLayout.of(tiles, false));
  }

  @Test
  void aLongNameKeepsItsStartAndItsEnd() {
    assertEquals("train/a...ask_0001", ContactSheet.shorten("train/aaaaaaaaaamask_0001", 18));
    assertEquals("short", ContactSheet.shorten("short", 5));
    assertEquals("a...e", ContactSheet.shorten("abcdefe", 5));
  }
}
