package dev.maskmap.convert.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Rows of every filter come back, as in ImageIO, and nothing but exactly the right data does. */
class PngRowsProps {
  private static final int[] DEPTHS = {1, 2, 4, 8};

  @Property(tries = 300)
  void rowsOfAnyFiltersInAnyPiecesAreWhatImageIoReads(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(max = 3) int depthIndex,
      @ForAll boolean indexed,
      @ForAll long seed)
      throws IOException {
    int depth = DEPTHS[depthIndex];
    SplittableRandom random = new SplittableRandom(seed);
    byte[] inflated = rows(height, (width * depth + 7) / 8, random, 5);
    byte[] png = png(height, width, depth, indexed ? 3 : 0, TestImages.deflate(inflated), random);
    DecodedImage image = PngDecoder.decode("a.png", png, Channel.VALUES);
    PixelValues expected =
        RasterValues.band(Plugin.PNG.read(PngChunks.check(png).stripped()).getRaster(), 0);
    assertArrayEquals(ints(expected), ints(image.values()));
    assertEquals(depth == 1, image.values() instanceof PixelValues.Bits);
    assertEquals(indexed, image.palette() != null);
  }

  @Example
  void largeImagesAreReadInSeveralBlocks() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int width : new int[] {1, 7, 1920, 70_000, 300_000}) {
      int height = Math.max(2, 900_000 / (width + 8));
      byte[] inflated = rows(height, (width + 7) / 8, random, 5);
      byte[] png = png(height, width, 1, 0, TestImages.deflate(inflated), random);
      DecodedImage image = PngDecoder.decode("a.png", png, Channel.VALUES);
      assertInstanceOf(PixelValues.Bits.class, image.values());
      PixelValues expected = RasterValues.band(Plugin.PNG.read(png).getRaster(), 0);
      assertArrayEquals(ints(expected), ints(image.values()));
    }
  }

  @Property(tries = 100)
  void dataThatIsTooShortOrTooLongIsRefusedInEveryKind(
      @ForAll @IntRange(min = -20, max = 20) int more,
      @ForAll @IntRange(max = 5) int kind,
      @ForAll long seed) {
    int depth = new int[] {1, 8, 8, 8, 16, 8}[kind];
    int colorType = new int[] {0, 0, 2, 6, 4, 3}[kind];
    PngHeader header = new PngHeader(10, 12, depth, colorType, false);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] inflated = rows(12, (int) header.rowBytes(10), random, 5);
    byte[] other = Arrays.copyOf(inflated, inflated.length + more);
    byte[] png = png(12, 10, depth, colorType, TestImages.deflate(other), random);
    if (more == 0) {
      assertEquals(120, decode(png).values().length());
    } else {
      String reason = more < 0 ? "expected the %d of 12 x 10" : "more than the %d bytes of 12 x 10";
      assertRefused(png, reason.formatted(inflated.length));
    }
  }

  @Property(tries = 100)
  void dataWithAWrongOrMissingChecksumIsRefusedInEveryKind(
      @ForAll @IntRange(max = 4) int cut, @ForAll boolean color) {
    SplittableRandom random = new SplittableRandom(cut);
    byte[] data = TestImages.deflate(rows(9, color ? 30 : 10, random, 5));
    int colorType = color ? 2 : 0;
    byte[] wrong = data.clone();
    wrong[data.length - 1 - cut % 4] ^= 1;
    assertRefused(png(9, 10, 8, colorType, wrong, random), "incorrect data check");
    if (cut > 0) {
      byte[] shorter = Arrays.copyOf(data, data.length - cut);
      assertRefused(png(9, 10, 8, colorType, shorter, random), "end of the zlib stream is missing");
    }
    byte[] longer = Arrays.copyOf(data, data.length + 1 + cut);
    assertRefused(png(9, 10, 8, colorType, longer, random), "more than the");
  }

  @Example
  void anUnknownFilterIsRefusedWithItsRow() {
    SplittableRandom random = new SplittableRandom(3);
    byte[] inflated = rows(5, 10, random, 5);
    inflated[3 * 11] = 5;
    assertRefused(png(5, 10, 8, 0, TestImages.deflate(inflated), random), "filter type 5 in row 3");
  }

  private static DecodedImage decode(byte[] png) {
    try {
      return PngDecoder.decode("a.png", png, Channel.VALUES);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(byte[] png, String reason) {
    IOException e =
        assertThrows(
            IOException.class, () -> PngDecoder.decode("a.png", png, Channel.VALUES), reason);
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  /** Random bytes behind random filter types: what they stand for is the decoders' business. */
  private static byte[] rows(int height, int rowBytes, SplittableRandom random, int filters) {
    byte[] out = new byte[height * (1 + rowBytes)];
    random.nextBytes(out);
    for (int y = 0; y < height; y++) {
      out[y * (1 + rowBytes)] = (byte) random.nextInt(filters);
    }
    return out;
  }

  /** Cuts the data into pieces of 0 to many bytes, each in a chunk. */
  private static byte[] png(
      int height, int width, int depth, int colorType, byte[] data, SplittableRandom random) {
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    int most = random.nextInt(1, data.length + 2);
    for (int at = 0; at < data.length; ) {
      int length = Math.min(random.nextInt(most + 1), data.length - at);
      byte[] piece = Arrays.copyOfRange(data, at, at + length);
      pieces.writeBytes(TestImages.chunk("IDAT", piece));
      at += length;
    }
    return TestImages.join(
        TestImages.PNG_SIGNATURE,
        TestImages.header(height, width, depth, colorType),
        colorType == 3 ? TestImages.chunk("PLTE", new byte[3 << depth]) : new byte[0],
        pieces.toByteArray(),
        TestImages.chunk("IEND", new byte[0]));
  }

  private static int[] ints(PixelValues values) {
    int[] out = new int[values.length()];
    Arrays.setAll(out, i -> (int) values.at(i));
    return out;
  }
}
