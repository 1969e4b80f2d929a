package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not a mask is refused in one line that says what it is instead. */
class ImageDecoderTest {
  private static final byte[] END = TestImages.chunk("IEND", new byte[0]);

  @TempDir Path folder;

  @Test
  void anEmptyFileIsNamedEmpty() {
    assertRefused(new byte[0], "the file is empty");
  }

  @Test
  void aMissingFileIsNamedMissing() {
    Path missing = folder.resolve("none.png");
    IOException e = assertThrows(IOException.class, () -> ImageDecoder.read(missing));
    assertEquals(missing + ": no such file", e.getMessage());
  }

  @Test
  void textNamedPngShowsHowItBegins() {
    assertRefused(
        "<html>\n<body>".getBytes(UTF_8),
        "JPEG or WebP image: it begins with the text '<html>\\u000a<body>'");
  }

  @Test
  void otherBytesAreShownInHex() {
    assertRefused(new byte[] {0, 1, (byte) 0xFE}, "it begins with bytes 00 01 fe");
  }

  @Test
  void aPngThatWentThroughATextTransferSaysSo() {
    byte[] png = TestImages.png(new int[4], 2, 2, 8, 0);
    png[4] = '\n';
    assertRefused(png, "its signature is damaged, as by a transfer as text");
  }

  @Test
  void aGitLfsPointerSaysHowToFetchTheImage() {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 123\n";
    assertRefused(pointer.getBytes(UTF_8), "is a Git LFS pointer");
  }

  @Test
  void aHeaderBombIsRefusedByItsSize() {
    byte[] bomb =
        TestImages.join(
            TestImages.PNG_SIGNATURE,
            TestImages.header(100_000, 100_000, 1, 0),
            TestImages.chunk("IDAT", new byte[10]),
            END);
    assertRefused(bomb, "its header says 100000 x 100000 pixels, more than the 268435456");
  }

  @Test
  void aHeaderWithinTheLimitThatItsDataCannotFillIsRefused() {
    byte[] bomb =
        TestImages.join(
            TestImages.PNG_SIGNATURE,
            TestImages.header(16_384, 16_384, 8, 6),
            TestImages.chunk("IDAT", new byte[1000]),
            END);
    assertRefused(bomb, "1000 bytes of image data cannot hold the 16384 x 16384 pixels");
  }

  @Test
  void imageDataThatEndsEarlyIsRefusedAlthoughAllChunksAreWhole() {
    byte[] half = TestImages.deflate(new byte[21 * 10]);
    byte[] bytes =
        TestImages.join(
            TestImages.PNG_SIGNATURE,
            TestImages.header(20, 20, 8, 0),
            TestImages.chunk("IDAT", half),
            END);
    assertRefused(bytes, "corrupt image data");
  }

  @Test
  void imageDataThatIsNotDeflatedIsRefused() {
    byte[] bytes =
        TestImages.join(
            TestImages.PNG_SIGNATURE,
            TestImages.header(20, 20, 8, 0),
            TestImages.chunk("IDAT", new byte[420]),
            END);
    assertRefused(bytes, "corrupt image data");
  }

  @Test
  void impossibleHeadersAreRefused() {
    assertRefused(pngWithHeader(0, 5, 8, 0), "0 x 5 pixels");
    assertRefused(pngWithHeader(5, 5, 3, 0), "bit depth 3 with colour type 0");
    assertRefused(pngWithHeader(5, 5, 16, 3), "bit depth 16 with colour type 3");
    assertRefused(pngWithHeader(5, 5, 8, 3), "before the palette");
  }

  private static byte[] pngWithHeader(int height, int width, int depth, int colorType) {
    return TestImages.join(
        TestImages.PNG_SIGNATURE,
        TestImages.header(height, width, depth, colorType),
        TestImages.chunk("IDAT", TestImages.deflate(new byte[30])),
        END);
  }

  @Test
  void aWrongCrcIsNamedWithItsChunk() {
    byte[] bytes = TestImages.png(new int[4], 2, 2, 8, 0);
    bytes[bytes.length - 1] ^= 1;
    assertRefused(bytes, "chunk IEND at byte %d has CRC".formatted(bytes.length - 12));
  }

  @Test
  void anAnimatedPngIsRefusedWithItsFrameCount() {
    byte[] png = TestImages.png(new int[4], 2, 2, 8, 0);
    byte[] control = TestImages.chunk("acTL", ByteBuffer.allocate(8).putInt(7).array());
    assertRefused(insertAfterHeader(png, control), "an animated PNG of 7 frames");
  }

  @Test
  void transparencyAndProfilesDoNotChangeTheSamples() throws IOException {
    byte[] png = TestImages.png(new int[] {0, 5, 10, 15}, 2, 2, 4, 0);
    byte[] transparent = TestImages.chunk("tRNS", new byte[] {0, 5});
    byte[] gamma = TestImages.chunk("gAMA", new byte[] {0, 1, 0, 0});
    byte[] profile = TestImages.chunk("iCCP", new byte[] {'x', 0, 0, 99});
    byte[] bytes = insertAfterHeader(png, TestImages.join(gamma, profile, transparent));
    DecodedImage image =
        ImageDecoder.read(TestImages.write(folder.resolve("transparent.png"), bytes));
    assertEquals(Kind.GRAY, image.kind());
    assertEquals(5, image.values().at(1));
    assertEquals(15, image.values().at(3));
  }

  @Test
  void aSixteenBitColourThatIsNotBlackDoesNotBecomeBlack() throws IOException {
    byte[] row = {0, 0, 1, 0, 0, (byte) 0xAB, (byte) 0xCD};
    byte[] bytes =
        TestImages.join(
            TestImages.PNG_SIGNATURE,
            TestImages.header(1, 1, 16, 2),
            TestImages.chunk("IDAT", TestImages.deflate(row)),
            END);
    DecodedImage image = ImageDecoder.read(TestImages.write(folder.resolve("16.png"), bytes));
    assertEquals(0x0100AB, image.values().at(0));
  }

  @Test
  void aGifOfTwoFramesIsRefusedWithItsFrameCount() {
    byte[] gif = TestImages.encode("gif", new int[10], 5, 2, 4);
    int image = gif.length - 1;
    while (gif[image] != 0x2C) {
      image--;
    }
    byte[] frame = Arrays.copyOfRange(gif, image, gif.length - 1);
    byte[] all = TestImages.join(Arrays.copyOf(gif, gif.length - 1), frame, new byte[] {0x3B});
    assertRefused(all, "a GIF of 2 frames");
  }

  @Test
  void anInterlacedGifIsReadUnlessItHasTwoToFourRows() throws IOException {
    for (int height = 1; height <= 20; height++) {
      int[] values = IntStream.range(0, height).toArray();
      byte[] gif = TestImages.encode("gif", values, height, 1, 32);
      if (height > 1 && height < 5) {
        assertRefused(gif, "an interlaced GIF of only " + height + " rows");
        continue;
      }
      DecodedImage image = ImageDecoder.read(TestImages.write(folder.resolve("rows.gif"), gif));
      for (int y = 0; y < height; y++) {
        assertEquals(y, image.values().at(y));
      }
    }
  }

  @Test
  void aGifWhosePixelsEndEarlyIsRefusedAlthoughAllBlocksAreThere() {
    byte[] head = "GIF89a\1\0d\0\u0080\0\0abcdef,\0\0\0\0\1\0d\0\0".getBytes(ISO_8859_1);
    // Two rows of a hundred; codes of 3 bits: clear, 1, 1, end.
    byte[] data = {2, 2, (byte) 0b01_001_100, 0b101_0, 0, 0x3B};
    assertRefused(TestImages.join(head, data), "it ends before the last row");
  }

  @Test
  void anIndexThatThePaletteOfAGifLeavesOutIsKept() throws IOException {
    byte[] head = "GIF89a\1\0\2\0\u0080\0\0abcdef,\0\0\0\0\1\0\2\0\0".getBytes(ISO_8859_1);
    // Codes of 3 bits: clear, 1, 3, end.
    byte[] data = {2, 2, (byte) 0b11_001_100, 0b101_0, 0, 0x3B};
    Path file = TestImages.write(folder.resolve("a.gif"), TestImages.join(head, data));
    DecodedImage image = ImageDecoder.read(file);
    assertEquals(1, image.values().at(0));
    assertEquals(3, image.values().at(1));
    assertEquals(0, image.palette()[3]);
  }

  @Test
  void aGifWithoutPaletteIsRefused() {
    byte[] head = "GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0".getBytes(ISO_8859_1);
    byte[] data = {2, 2, (byte) 0b01_001_100, 0b1, 0, 0x3B};
    assertRefused(TestImages.join(head, data), "a GIF without palette");
  }

  @Test
  void aBmpHeaderBombIsRefused() {
    byte[] bmp = TestImages.encode("bmp", new int[4], 2, 2, 0);
    bmp[21] = 0x40;
    assertRefused(bmp, "more than the 268435456");
  }

  private static byte[] insertAfterHeader(byte[] png, byte[] chunks) {
    int header = 8 + 25;
    return ByteBuffer.allocate(png.length + chunks.length)
        .put(png, 0, header)
        .put(chunks)
        .put(png, header, png.length - header)
        .array();
  }

  private void assertRefused(byte[] bytes, String reason) {
    Path file = TestImages.write(folder.resolve("mask.png"), bytes);
    IOException e = assertThrows(IOException.class, () -> ImageDecoder.read(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }
}
