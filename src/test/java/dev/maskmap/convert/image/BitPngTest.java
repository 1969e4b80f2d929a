package dev.maskmap.convert.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.maskmap.convert.pixels.BitSquare;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.testing.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class BitPngTest {

  private static PackedMask packed(Pixels mask) {
    return new PackedMask(mask.height(), mask.width(), mask.packed());
  }

  @Test
  void everySmallSizeIsReadBackByImageIo() throws IOException {
    for (int height = 1; height <= 18; height++) {
      for (int width = 1; width <= 18; width++) {
        Pixels mask = Pixels.noise(height, width, 31L * height + width);
        byte[] png = BitPng.encode(packed(mask), 6);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertEquals(1, image.getColorModel().getPixelSize());
        assertEquals(height, image.getHeight());
        assertEquals(width, image.getWidth());
        byte[] pixels = new byte[height * width];
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = (byte) image.getRaster().getSample(i % width, i / width, 0);
        }
        assertArrayEquals(mask.bytes(), pixels, height + "x" + width);
      }
    }
  }

  @Test
  void everyBitOfATransposeLandsAcrossTheDiagonal() {
    for (int bit = 0; bit < 64; bit++) {
      long expected = 1L << (bit % 8 * 8 + bit / 8);
      assertEquals(expected, BitSquare.transpose(1L << bit));
    }
  }

  @Test
  void bitsPastTheWidthAreZero() {
    byte[] lines = Scanlines.of(packed(Pixels.noise(9, 13, 5)), 0);
    for (int y = 0; y < 9; y++) {
      assertEquals(0, lines[2 * y + 1] & 7);
    }
  }

  @Test
  void everyLevelGivesTheSamePixels() throws IOException {
    Pixels mask = Pixels.blobs(65, 131, 3);
    for (int level = 0; level <= 9; level++) {
      byte[] png = BitPng.encode(packed(mask), level);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      assertEquals(mask.get(33, 66) ? 1 : 0, image.getRaster().getSample(66, 33, 0));
      assertEquals(mask.count(), count(image));
    }
    assertThrows(IllegalArgumentException.class, () -> BitPng.encode(packed(mask), 10));
  }

  private static long count(BufferedImage image) {
    long count = 0;
    for (int i = 0; i < image.getHeight() * image.getWidth(); i++) {
      count += image.getRaster().getSample(i % image.getWidth(), i / image.getWidth(), 0);
    }
    return count;
  }
}
