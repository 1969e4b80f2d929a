package dev.maskmap.convert.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Every image that is whole comes back value by value, and no image that is not whole does. */
class ImageDecoderProps {
  private static final int[] GRAY_DEPTHS = {1, 2, 4, 8, 16};
  private static final int[] PALETTE_DEPTHS = {1, 2, 4, 8};

  private Path file = Path.of("");

  @BeforeProperty
  void createFile() throws IOException {
    file = Files.createTempFile("decoder", ".png");
  }

  @AfterProperty
  void deleteFile() throws IOException {
    Files.delete(file);
  }

  @Property(tries = 200)
  void grayPngKeepsItsRawSamples(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(max = 4) int depthIndex,
      @ForAll long seed)
      throws IOException {
    int depth = GRAY_DEPTHS[depthIndex];
    int[] values = random(height * width, 1 << depth, seed);
    check(TestImages.png(values, height, width, depth, 0), values, height, width, Kind.GRAY);
  }

  @Property(tries = 200)
  void palettePngGivesIndexesAndNotColours(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(max = 3) int depthIndex,
      @ForAll long seed)
      throws IOException {
    int depth = PALETTE_DEPTHS[depthIndex];
    int[] values = random(height * width, 1 << depth, seed);
    check(TestImages.png(values, height, width, depth, 3), values, height, width, Kind.INDEXED);
  }

  @Property(tries = 100)
  void colourImagesGiveTheirColours(
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll boolean bmp,
      @ForAll long seed)
      throws IOException {
    int[] values = random(height * width, 1 << 24, seed);
    byte[] bytes = TestImages.encode(bmp ? "bmp" : "png", values, height, width, 0);
    check(bytes, values, height, width, Kind.COLOR);
  }

  @Property(tries = 100)
  void gifAndPaletteBmpGiveIndexes(
      @ForAll @IntRange(min = 5, max = 30) int height,
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll @IntRange(min = 2, max = 256) int colors,
      @ForAll boolean bmp,
      @ForAll long seed)
      throws IOException {
    int[] values = random(height * width, colors, seed);
    byte[] bytes = TestImages.encode(bmp ? "bmp" : "gif", values, height, width, colors);
    check(bytes, values, height, width, Kind.INDEXED);
  }

  @Example
  void everyProperPrefixOfAPngIsRefused() throws IOException {
    for (int depth : GRAY_DEPTHS) {
      byte[] whole = TestImages.png(random(23 * 17, 1 << depth, depth), 23, 17, depth, 0);
      checkPrefixes(whole, "PNG");
    }
    checkPrefixes(TestImages.encode("png", random(200, 1 << 24, 1), 10, 20, 0), "PNG");
    checkPrefixes(TestImages.png(random(200, 16, 1), 10, 20, 4, 3), "PNG");
  }

  @Example
  void everyProperPrefixOfAGifOrBmpIsRefused() throws IOException {
    checkPrefixes(TestImages.encode("gif", random(200, 200, 1), 10, 20, 200), "GIF");
    checkPrefixes(TestImages.encode("bmp", random(200, 200, 1), 10, 20, 200), "BMP");
    checkPrefixes(TestImages.encode("bmp", random(200, 1 << 24, 1), 10, 20, 0), "BMP");
  }

  @Property(tries = 500)
  void aDamagedPngIsRefusedWithTheFileNamed(
      @ForAll @IntRange(max = 10_000) int position, @ForAll @IntRange(min = 1, max = 255) int flip)
      throws IOException {
    int[] values = random(400, 2, 5);
    byte[] bytes = TestImages.png(values, 20, 20, 8, 0);
    bytes[position % bytes.length] ^= (byte) flip;
    assertRefused(bytes);
  }

  @Property(tries = 500)
  void aDamagedGifOrBmpNeverEndsInAnythingButAnIoExceptionThatNamesIt(
      @ForAll @IntRange(max = 10_000) int position,
      @ForAll @IntRange(min = 1, max = 255) int flip,
      @ForAll boolean bmp)
      throws IOException {
    byte[] bytes = TestImages.encode(bmp ? "bmp" : "gif", random(400, 9, 5), 20, 20, 9);
    bytes[position % bytes.length] ^= (byte) flip;
    Files.write(file, bytes);
    try {
      ImageDecoder.read(file);
    } catch (IOException e) {
      assertEquals(0, e.getMessage().indexOf(file + ": "), e.getMessage());
    }
  }

  private void checkPrefixes(byte[] whole, String format) throws IOException {
    Files.write(file, whole);
    ImageDecoder.read(file);
    for (int length = 0; length < whole.length; length++) {
      String message = assertRefused(Arrays.copyOf(whole, length));
      if (length >= 8) {
        assertEquals(0, message.indexOf(file + ": truncated " + format), message);
      }
    }
  }

  private String assertRefused(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    IOException e = assertThrows(IOException.class, () -> ImageDecoder.read(file));
    assertEquals(0, e.getMessage().indexOf(file + ": "), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    return e.getMessage();
  }

  private void check(byte[] bytes, int[] values, int height, int width, Kind kind)
      throws IOException {
    Files.write(file, bytes);
    DecodedImage image = ImageDecoder.read(file);
    assertEquals(kind, image.kind());
    assertEquals(height, image.height());
    assertEquals(width, image.width());
    int[] read = new int[image.values().length()];
    Arrays.setAll(read, i -> (int) image.values().at(i));
    assertArrayEquals(values, read);
  }

  private static int[] random(int length, int bound, long seed) {
    return new SplittableRandom(seed).ints(length, 0, bound).toArray();
  }
}
