package dev.maskmap.cli.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Region;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.Stores;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
  @TempDir Path folder;

  private void write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
  }

  private PictureFolder pictures(Rename rename) {
    return new PictureFolder(folder.resolve("images"), rename);
  }

  @Test
  void filesAreFoundByNameInSubFolders() throws IOException {
    write("images/a/b.PNG");
    write("images/a/b.c.png");
    PictureFolder pictures = pictures(Rename.NONE);
    Picture found = pictures.find(0, "a/b");
    assertNotNull(found);
    assertEquals(3, found.height());
    assertEquals(5, found.width());
    assertNotNull(pictures.find(0, "a/b.c"));
    for (String none : List.of("a", "b", "a/B", "a/b.PNG", "x/y", "", "a/b/c")) {
      assertNull(pictures.find(0, none), none);
    }
  }

  @Test
  void noNameLeadsOutOfTheFolder() throws IOException {
    write("outside.png");
    write("images/in.png");
    PictureFolder pictures = pictures(Rename.NONE);
    assertNull(pictures.find(0, "../outside"));
    assertNull(pictures.find(0, folder.resolve("outside").toAbsolutePath().toString()));
    assertNotNull(pictures.find(0, "x/../in"));
    assertNotNull(new PictureFolder(folder.resolve("images/."), Rename.NONE).find(0, "in"));
  }

  @Test
  void namesMayDifferByAPart() throws IOException {
    write("images/07_image.png");
    assertNotNull(pictures(new Rename("_mask", "_image")).find(0, "07_mask"));
    assertEquals("mask/a_img", new Rename("mask", "img").apply("mask/a_mask"));
    assertEquals("a", new Rename("_mask", "").apply("a_mask"));
    assertEquals("a", new Rename("x", "y").apply("a"));
  }

  @Test
  void twoImagesOfOneNameAreRefusedAndSoIsWhatIsNone() throws IOException {
    write("images/a.png");
    write("images/a.gif");
    Files.writeString(folder.resolve("images/text.png"), "version https://git-lfs");
    IOException two = assertThrows(IOException.class, () -> pictures(Rename.NONE).find(0, "a"));
    assertTrue(two.getMessage().contains("a.gif and a.png"), two.getMessage());
    IOException text = assertThrows(IOException.class, () -> pictures(Rename.NONE).find(0, "text"));
    assertTrue(text.getMessage().contains("text.png: no image"), text.getMessage());
  }

  @Test
  void anImageCutShortIsNamedWithAReason() throws IOException {
    write("images/a.png");
    Path file = folder.resolve("images/a.png");
    byte[] png = Files.readAllBytes(file);
    for (int length : new int[] {9, 20, 45}) {
      Files.write(file, Arrays.copyOf(png, length));
      IOException e =
          assertThrows(
              IOException.class, () -> PictureFile.open(file).read(Region.of(0, 0, 3, 5), 1));
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      assertTrue(!e.getMessage().endsWith("null"), e.getMessage());
    }
  }

  @Property(tries = 40)
  void anArrayIsReadAsTheNaiveMeanOfItsBytes(
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = 1, max = 5) int factor,
      @ForAll @IntRange(min = 0, max = 2) int kind,
      @ForAll long seed)
      throws IOException {
    int channels = new int[] {1, 3, 4}[kind];
    SplittableRandom random = new SplittableRandom(seed);
    byte[] data = new byte[2 * height * width * channels];
    random.nextBytes(data);
    int y = random.nextInt(height);
    int x = random.nextInt(width);
    Region region = Region.of(y, x, 1 + random.nextInt(height - y), 1 + random.nextInt(width - x));
    Path file = Files.createTempFile("maskmap-test-", ".npy");
    long[] shape =
        channels == 1 ? new long[] {2, height, width} : new long[] {2, height, width, channels};
    Stores.npy(file, data, shape);
    try (Pictures pictures = Pictures.open(file, Rename.NONE, 2)) {
      Picture picture = pictures.find(1, "any");
      assertNotNull(picture);
      int wide = Math.ceilDiv(region.width(), factor);
      int[] pixels = picture.read(region, factor);
      assertEquals(Math.ceilDiv(region.height(), factor) * wide, pixels.length);
      for (int i = 0; i < pixels.length; i++) {
        for (int channel = 0; channel < 3; channel++) {
          double sum = 0;
          int count = 0;
          for (int r = i / wide * factor;
              r < Math.min(region.height(), (i / wide + 1) * factor);
              r++) {
            for (int c = i % wide * factor;
                c < Math.min(region.width(), (i % wide + 1) * factor);
                c++) {
              int at = ((height + y + r) * width + x + c) * channels;
              sum += data[at + (channels == 1 ? 0 : channel)] & 0xFF;
              count++;
            }
          }
          assertEquals(sum / count, pixels[i] >> (16 - 8 * channel) & 0xFF, 0.5);
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void anArrayOfAnotherFormIsRefused() throws IOException {
    Path file = folder.resolve("a.npy");
    byte[] data = new byte[48];
    for (long[] shape :
        List.of(
            new long[] {3, 4, 4}, new long[] {2, 3, 4, 2}, new long[] {48}, new long[] {2, 24})) {
      Stores.npy(file, data, shape);
      refused(file, "expected |u1");
    }
    Stores.npy(file, Stores.dict("|u1", true, 2, 4, 6), data);
    refused(file, "Fortran");
    Stores.npy(file, Stores.dict("<f4", false, 2, 2, 3), data);
    refused(file, "<f4");
    Stores.npy(file, Stores.dict("|u1", false, 2, 4, 7), data);
    refused(file, "cut short");
    refused(folder.resolve("none"), "no such");
  }

  private static void refused(Path file, String word) {
    IOException e =
        assertThrows(IOException.class, () -> Pictures.open(file, Rename.NONE, 2).close());
    assertTrue(e.getMessage().contains(word), e.getMessage());
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
  }

  @Test
  @Tag("once")
  void imagesOfEveryKindHaveTheColoursThatPillowSees() {
    String script =
        """
        import sys
        from PIL import Image
        import numpy as np
        rng = np.random.default_rng(1)
        rgb = rng.integers(0, 256, (9, 14, 3), dtype=np.uint8)
        for kind in ["rgb.png", "rgba.png", "gray.png", "la.png", "palette.png", "bits.png",
                     "rgb.tif", "gray.tif", "rgb.bmp", "gray.bmp", "palette.gif"]:
            mode = {"rgb": "RGB", "rgba": "RGBA", "gray": "L", "la": "LA", "palette": "P",
                    "bits": "1"}[kind.split(".")[0]]
            image = Image.fromarray(rgb).convert(mode)
            if mode == "RGBA": image.putalpha(7)
            if mode == "LA": image.putalpha(9)
            image.save(sys.argv[1] + "/" + kind)
            seen = np.asarray(Image.open(sys.argv[1] + "/" + kind).convert("RGB")).astype(int)
            part = seen[2:9, 3:13]
            print(kind, *[(r << 16) + (g << 8) + b for r, g, b in part.reshape(-1, 3)])
        """;
    String printed = Python.require("PIL", "numpy").run(script, folder.toString());
    assertEquals(11, printed.lines().count());
    printed
        .lines()
        .forEach(
            line -> {
              List<String> words = List.of(line.split(" "));
              int[] expected = words.stream().skip(1).mapToInt(Integer::parseInt).toArray();
              try {
                Picture picture = PictureFile.open(folder.resolve(words.getFirst()));
                int[] pixels = picture.read(Region.of(2, 3, 7, 10), 1);
                Arrays.setAll(pixels, i -> pixels[i] & 0xFFFFFF);
                assertArrayEquals(expected, pixels, words.getFirst());
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
  }

  @Test
  @Tag("once")
  void deepGrayIsStretchedFromItsLeastToItsGreatestValue() throws IOException {
    String script =
        """
        import sys
        from PIL import Image
        import numpy as np
        Image.fromarray(np.array([[100, 1100, 4100], [100, 100, 2100]], dtype=np.uint16)).save(sys.argv[1])
        """;
    Path file = folder.resolve("deep.png");
    Python.require("PIL", "numpy").run(script, file.toString());
    int[] pixels = PictureFile.open(file).read(Region.of(0, 0, 2, 3), 1);
    String shown =
        Arrays.stream(pixels).mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
    assertEquals("0 404040 ffffff 0 0 808080", shown);
  }

  @Test
  void ofALargePartFewerPixelsAreReadAndEachMeanHasSome() throws IOException {
    BufferedImage image = new BufferedImage(5000, 4000, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 4000; y++) {
      for (int x = 0; x < 5000; x++) {
        image.getRaster().setSample(x, y, 0, x < 2500 ? 40 : 200);
      }
    }
    Path file = folder.resolve("large.png");
    ImageIO.write(image, "png", file.toFile());
    int[] pixels = PictureFile.open(file).read(Region.of(0, 0, 4000, 5000), 10);
    assertEquals(400 * 500, pixels.length);
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(i % 500 < 250 ? 0x282828 : 0xC8C8C8, pixels[i]);
    }
  }
}
