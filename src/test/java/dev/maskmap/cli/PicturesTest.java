package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  @TempDir Path folder;

  @Property(tries = 100)
  void aMaskPictureHasThePixelsOfTheMask(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll long seed) {
    byte[] pixels = random(height * width, seed);
    BufferedImage image = PictureFiles.ofMask(pixels, height, width);
    assertArrayEquals(pixels, samples(image));
  }

  @Test
  void aMaskIsWrittenAsGrayPngOfOneBit() throws IOException {
    byte[] pixels = random(7 * 11, 3);
    Path file = folder.resolve("patch.png");
    PictureFiles.writePng(file, PictureFiles.ofMask(pixels, 7, 11), false);
    byte[] png = Files.readAllBytes(file);
    assertEquals(1, png[24], "bit depth");
    assertEquals(0, png[25], "colour type: gray");
    assertArrayEquals(pixels, samples(ImageIO.read(file.toFile())));
  }

  @Test
  void aFileThatExistsIsNeitherReplacedNorRemoved() throws IOException {
    Path file = Files.writeString(folder.resolve("there.png"), "mine");
    BufferedImage image = PictureFiles.ofMask(new byte[1], 1, 1);
    assertThrows(IOException.class, () -> PictureFiles.writePng(file, image, false));
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void aFolderThatDoesNotExistLeavesNothing() {
    Path file = folder.resolve("none/patch.png");
    BufferedImage image = PictureFiles.ofMask(new byte[1], 1, 1);
    assertThrows(IOException.class, () -> PictureFiles.writePng(file, image, false));
    assertFalse(Files.exists(file));
  }

  @Test
  void demoMasksComeFromTheirSeedAndIndexAlone() {
    byte[] first = samples(DemoMasks.draw(1, 0));
    assertArrayEquals(first, samples(DemoMasks.draw(1, 0)));
    assertFalse(Arrays.equals(first, samples(DemoMasks.draw(1, 1))));
  }

  @Test
  void demoMasksAreTwoToFiftyPercentForeground() {
    for (int i = 0; i < 40; i++) {
      double share = DemoMasks.foreground(DemoMasks.draw(7, i)) / (1080.0 * 1920);
      assertTrue(share >= 0.02 && share <= 0.50, i + ": " + share);
    }
  }

  private static byte[] samples(BufferedImage image) {
    int[] samples =
        image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
    byte[] out = new byte[samples.length];
    IntStream.range(0, out.length).forEach(i -> out[i] = (byte) samples[i]);
    return out;
  }

  private static byte[] random(int length, long seed) {
    byte[] out = new byte[length];
    new SplittableRandom(seed).nextBytes(out);
    IntStream.range(0, length).forEach(i -> out[i] &= 1);
    return out;
  }
}
