package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.cli.draw.SheetPalette;
import dev.maskmap.testing.Masks;
import dev.maskmap.testing.Pixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
  /** Shares of foreground: about a half, none, a pixel, all. */
  private static final List<Pixels> MASKS =
      List.of(Pixels.noise(40, 60, 1), none(30, 30), speck(300, 200), all(20, 10));

  @TempDir Path folder;

  private static Pixels none(int height, int width) {
    return Pixels.of(height, width, new BitSet());
  }

  private static Pixels all(int height, int width) {
    BitSet bits = new BitSet();
    bits.set(0, height * width);
    return Pixels.of(height, width, bits);
  }

  private static Pixels speck(int height, int width) {
    BitSet bits = new BitSet();
    bits.set(123 * width + 45);
    return Pixels.of(height, width, bits);
  }

  private static long[] masks(MaskPool pool) {
    return LongStream.range(0, pool.size()).map(pool::mask).toArray();
  }

  @Test
  void theEmptiestAndTheFullestComeInOrder() {
    Masks.withStore(
        MASKS,
        store -> {
          MaskPool all = MaskPool.all(store);
          assertArrayEquals(new long[] {1, 2, 0}, masks(all.extreme(3, false)));
          assertArrayEquals(new long[] {3, 0}, masks(all.extreme(2, true)));
          assertArrayEquals(new long[] {1, 2, 0, 3}, masks(all.extreme(99, false)));
        });
  }

  @Test
  void ofEqualMasksTheFirstAreTaken() {
    Masks.withStore(
        List.of(none(8, 8), none(9, 9), none(7, 7)),
        store -> {
          assertArrayEquals(new long[] {0, 1}, masks(MaskPool.all(store).extreme(2, false)));
          assertArrayEquals(new long[] {0, 1}, masks(MaskPool.all(store).extreme(2, true)));
        });
  }

  @Test
  void masksWithoutForegroundAreLeftOut() {
    Masks.withStore(
        MASKS,
        store -> {
          try {
            assertArrayEquals(new long[] {0, 2, 3}, masks(MaskPool.all(store).withForeground()));
            MaskPool empty = MaskPool.of(store, List.of("m1"));
            assertThrows(IOException.class, empty::withForeground);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void wholeMasksAreDrawnOnceEach() {
    Masks.withStore(
        MASKS,
        store -> {
          MaskPool drawn = MaskPool.all(store).draw(3, 5);
          assertEquals(3, LongStream.of(masks(drawn)).distinct().count());
          assertArrayEquals(masks(drawn), masks(MaskPool.all(store).draw(3, 5)));
          assertEquals(4, MaskPool.all(store).draw(9, 5).size());
        });
  }

  @Property(tries = 20)
  void everyPatchHoldsForegroundAndLiesInItsMask(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll @IntRange(min = 1, max = 90) int width) {
    Masks.withStore(
        MASKS,
        store -> {
          try {
            MaskPool pool = MaskPool.all(store).withForeground();
            for (Spot spot : Spots.drawForeground(pool, 8, new Size(height, width), seed)) {
              assertTrue(store.mask(spot.mask()).count(spot.region()) > 0, spot.toString());
              assertEquals(Math.min(height, store.height(spot.mask())), spot.region().height());
              assertEquals(Math.min(width, store.width(spot.mask())), spot.region().width());
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void aSheetOfMasksOfManySizesShowsSmallOnesWhole() throws IOException {
    Path store = Masks.write(folder.resolve("t.masks"), MASKS);
    Path sheet = folder.resolve("s.png");
    Runs.Run run = Runs.run("sample", store, "-n", 30, "--patch", "64x64", "-o", sheet);
    assertEquals(0, run.code(), run.err());
    assertTrue(ImageIO.read(sheet.toFile()).getWidth() > 64);
  }

  @Test
  void imagesThatAreMissingOrDoNotFitAreListedAndTheSheetIsThere() throws IOException {
    Path store = Masks.write(folder.resolve("t.masks"), MASKS);
    Path images = Files.createDirectory(folder.resolve("images"));
    write(images.resolve("m0.png"), 40, 60);
    write(images.resolve("m2.png"), 200, 300);
    write(images.resolve("m3.png"), 20, 10);
    Path sheet = folder.resolve("s.png");
    Runs.Run run = Runs.run("sample", store, "--whole", "--images", images, "-o", sheet);
    assertEquals(1, run.code());
    List<String> err = run.err().lines().toList();
    assertEquals(2, err.size(), run.err());
    assertTrue(err.get(0).endsWith("no image for 1 mask: m1"), err.get(0));
    assertTrue(err.get(1).contains("m2 is 300x200") && err.get(1).contains("200x300"), err.get(1));
    assertTrue(err.get(1).contains("turned"), err.get(1));
    BufferedImage read = ImageIO.read(sheet.toFile());
    assertTrue(count(read, SheetPalette.rgb(SheetPalette.ALERT)) > 0);
    // The whole of m3 is foreground: its border is the contour.
    assertTrue(count(read, 0xFFE600) >= 2 * (20 + 10) - 4);
  }

  private static long count(BufferedImage image, int rgb) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return java.util.Arrays.stream(pixels).filter(pixel -> (pixel & 0xFFFFFF) == rgb).count();
  }

  private static void write(Path file, int height, int width) throws IOException {
    PictureFiles.writePng(
        file, new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), false);
  }

  @Test
  void optionsThatMakeNoSenseTogetherAreRefused() throws IOException {
    Path store = Masks.write(folder.resolve("t.masks"), MASKS);
    Path sheet = folder.resolve("s.png");
    List<List<Object>> bad =
        List.of(
            List.of("--emptiest", 3, "--fullest", 3),
            List.of("--emptiest", 0),
            List.of("--whole", "--patch", "8x8"),
            List.of("--rename", "a=b"),
            List.of("--rename", "ab", "--images", folder),
            List.of("-n", 0));
    for (List<Object> options : bad) {
      Object[] all =
          java.util.stream.Stream.concat(
                  java.util.stream.Stream.of("sample", store, "-o", sheet), options.stream())
              .toArray();
      Runs.Run run = Runs.run(all);
      assertEquals(2, run.code(), options + run.err());
      assertEquals(1, run.err().lines().count(), run.err());
    }
    assertTrue(Files.notExists(sheet));
  }

  @Test
  void theSameSeedDrawsTheSamePatches() {
    Masks.withStore(
        MASKS,
        store -> {
          Size size = new Size(16, 16);
          MaskPool all = MaskPool.all(store);
          assertEquals(Spots.draw(all, 20, size, 7), Spots.draw(all, 20, size, 7));
          assertEquals(20, Spots.draw(all, 20, size, 7).size());
        });
  }

  @Test
  void showDrawsEachMaskUnderItsCaption() throws IOException {
    Path store = Masks.write(folder.resolve("t.masks"), List.of(Masks.of("#.\n.#\n"), all(4, 3)));
    Runs.Run run = Runs.run("show", store, "--mask", "m0", "--mask", 1, "--style", "blocks");
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        m0 (mask 0): 2x2, 50.00 % foreground
        ┌──┐
        │▀▄│
        └──┘
        m1 (mask 1): 4x3, 100.00 % foreground
        ┌───┐
        │███│
        │███│
        └───┘
        """,
        run.out());
  }

  @Test
  void showDrawsAPartAndRefusesOneThatLeavesTheMask() throws IOException {
    Path store = Masks.write(folder.resolve("t.masks"), MASKS);
    Runs.Run run =
        Runs.run(
            "show", store, "--mask", 2, "--at", "122,44", "--patch", "2x3", "--style", "ascii");
    assertEquals(
        """
        m2 (mask 2): 2x3 at 122,44 of 300x200, 16.67 % foreground
        +---+
        | : |
        +---+
        """,
        run.out());
    assertEquals(1, Runs.run("show", store, "--at", "39,0", "--patch", "2x1").code());
    assertEquals(1, Runs.run("show", store, "--at", "40,0").code());
    assertEquals(1, Runs.run("show", store, "--mask", "m9").code());
    assertEquals(2, Runs.run("show", store, "--width", 2).code());
    assertEquals(2, Runs.run("show", store, "--style", "sixel").code());
  }

  @Test
  void showOfABareArrayNeedsNoNames() throws IOException {
    Path file = Files.write(folder.resolve("t.raw"), MASKS.get(3).packed());
    try (MaskStore store = MaskStore.openRaw(file, 0, 1, 20, 10)) {
      assertEquals(200, store.mask(0).count());
    }
    Runs.Run run = Runs.run("show", file, "--shape", "20x10", "--style", "ascii", "--width", 7);
    assertTrue(run.out().startsWith("0 (mask 0): 20x10, 100.00 % foreground, a dot is 2.0\n"));
    assertEquals("|#####|", run.out().lines().toList().get(2));
  }
}
