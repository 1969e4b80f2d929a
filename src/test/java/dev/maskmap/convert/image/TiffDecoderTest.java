package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.DecodedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TIFF pages that no writer at hand makes, put together tag by tag. */
class TiffDecoderTest {
  @TempDir Path folder;

  /** One strip of all data behind the directory, at byte 8 the directory; {@code tags} override. */
  private static byte[] tiff(int height, int width, byte[] data, Map<Integer, Integer> tags) {
    Map<Integer, Integer> all = new TreeMap<>(Map.of(256, width, 257, height, 258, 8, 262, 1));
    all.putAll(Map.of(259, 1, 278, height, 279, data.length, 273, 0));
    all.putAll(tags);
    int end = 8 + 2 + 12 * all.size() + 4;
    all.merge(273, end, (given, at) -> given == 0 ? at : given);
    ByteBuffer out = ByteBuffer.allocate(end + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put("II*\0".getBytes(ISO_8859_1)).putInt(8).putShort((short) all.size());
    all.forEach(
        (tag, value) -> out.putShort(tag.shortValue()).putShort((short) 4).putInt(1).putInt(value));
    return out.putInt(0).put(data).array();
  }

  private DecodedImage read(byte[] bytes) throws IOException {
    return ImageDecoder.read(TestImages.write(folder.resolve("a.tif"), bytes));
  }

  private void assertRefused(String reason, byte[] bytes) {
    IOException e = assertThrows(IOException.class, () -> read(bytes));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private double[] numbers(int bits, int format, ByteBuffer two) throws IOException {
    DecodedImage image = read(tiff(1, 2, two.array(), Map.of(258, bits, 339, format)));
    assertEquals(DecodedImage.Kind.NUMBER, image.kind());
    return new double[] {image.values().at(0), image.values().at(1)};
  }

  @Test
  void numbersOfEveryKindKeepTheirSign() throws IOException {
    assertArrayEquals(
        new double[] {-2, 3}, numbers(8, 2, buffer(2).put(0, (byte) -2).put(1, (byte) 3)));
    assertArrayEquals(
        new double[] {-300, 7},
        numbers(16, 2, buffer(4).putShort(0, (short) -300).putShort(2, (short) 7)));
    assertArrayEquals(
        new double[] {-70_000, 7}, numbers(32, 2, buffer(8).putInt(0, -70_000).putInt(4, 7)));
    assertArrayEquals(
        new double[] {0xFFFFFFFEL, 7}, numbers(32, 1, buffer(8).putInt(0, -2).putInt(4, 7)));
    assertArrayEquals(
        new double[] {-1.5, 300}, numbers(32, 3, buffer(8).putFloat(0, -1.5f).putFloat(4, 300)));
    assertArrayEquals(
        new double[] {-1.5, 1e300},
        numbers(64, 3, buffer(16).putDouble(0, -1.5).putDouble(8, 1e300)));
  }

  @Test
  void notANumberIsRefused() {
    ByteBuffer two = buffer(8).putFloat(4, Float.NaN);
    assertRefused(
        "its pixel (0, 1) is no number", tiff(1, 2, two.array(), Map.of(258, 32, 339, 3)));
  }

  @Test
  void aStripThatEndsEarlyIsRefused() {
    byte[] whole = TestImages.deflate(new byte[40 * 50]);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    assertRefused("a strip or tile ends too early", tiff(40, 50, cut, Map.of(259, 8)));
    byte[] few = TestImages.deflate(new byte[40 * 49]);
    assertRefused("a strip or tile ends too early", tiff(40, 50, few, Map.of(259, 8)));
    assertRefused("cannot hold its 40 x 50 pixels", tiff(40, 50, new byte[1999], Map.of()));
    assertRefused(
        "truncated or corrupt TIFF: 2001 bytes at byte 110",
        tiff(40, 50, new byte[2000], Map.of(279, 2001)));
  }

  @Test
  void aStripOfNoBytesIsRefused() {
    assertRefused(
        "an empty strip or tile", tiff(1, 1, new byte[9], Map.of(279, 0, 273, 0, 259, 5)));
  }

  @Test
  void rowsThatAreMissingOfAFaxStripAreOfItsPaper() throws IOException {
    // Eight rows like the one before, all white, and then nothing that is a code.
    byte[] data = {(byte) 0xFF, 0};
    DecodedImage image = read(tiff(16, 8, data, Map.of(258, 1, 259, 4, 262, 0)));
    for (int pixel = 0; pixel < 16 * 8; pixel++) {
      assertEquals(1, image.values().at(pixel));
    }
  }

  @Test
  void theChecksumOfADeflatedStripIsChecked() {
    byte[] data = TestImages.deflate(new byte[] {1, 2, 3});
    data[data.length - 1]++;
    assertRefused("incorrect data check", tiff(1, 3, data, Map.of(259, 8)));
  }

  @Test
  void aFaxPageOfMoreRowsThanItsDataHasBitsIsRefused() {
    Map<Integer, Integer> tags = Map.of(258, 1, 259, 4);
    assertRefused("cannot hold its 1000000 x 8 pixels", tiff(1_000_000, 8, new byte[9], tags));
  }

  @Test
  void aTileThatIsFarWiderThanTheImageIsRefused() {
    Map<Integer, Integer> tags = Map.of(322, 1 << 28, 323, 1, 259, 8);
    assertRefused("tiles of 268435456 pixels a row", tiff(16, 16, new byte[9], tags));
  }

  /** Their offsets and lengths are lists of 40,000 bytes each, which are read in parts. */
  @Test
  void aPageOfManyStripsIsRead() throws IOException {
    int strips = 10_000;
    int lists = 8 + 2 + 12 * 8 + 4;
    ByteBuffer data = buffer(9 * strips);
    for (int i = 0; i < strips; i++) {
      data.putInt(4 * i, lists + 8 * strips + i).putInt(4 * (strips + i), 1);
      data.put(8 * strips + i, (byte) i);
    }
    byte[] bytes =
        tiff(strips, 1, data.array(), Map.of(278, 1, 273, lists, 279, lists + 4 * strips));
    ByteBuffer page = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    // The count of values is behind tag and type; tags are in order, from 256 on.
    page.putInt(10 + 12 * 5 + 4, strips).putInt(10 + 12 * 7 + 4, strips);
    DecodedImage image = read(bytes);
    for (int y = 0; y < strips; y++) {
      assertEquals(y & 0xFF, image.values().at(y));
    }
  }

  /** The library follows them, each within the one before. */
  @Test
  void directoriesWithinDirectoriesAreNotFollowed() throws IOException {
    int depth = 50_000;
    ByteBuffer out = buffer(110 + 12 + 1 + 18 * depth);
    out.put(tiff(1, 1, new byte[] {5}, Map.of(330, 123)));
    for (int i = 1; i <= depth; i++) {
      out.putShort((short) 1).putShort((short) 330).putShort((short) 4).putInt(1);
      out.putInt(123 + 18 * i).putInt(0);
    }
    assertEquals(5, read(out.array()).values().at(0));
  }
}
