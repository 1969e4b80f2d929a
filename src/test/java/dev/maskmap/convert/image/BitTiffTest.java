package dev.maskmap.convert.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelValues;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitTiffTest {
  private static final int MASKS = 600;

  @TempDir Path folder;

  /** Runs whose lengths are of every order of magnitude, so that every code occurs. */
  private static Pixels runs(int height, int width, long seed) {
    Random random = new Random(seed);
    BitSet bits = new BitSet();
    boolean black = random.nextBoolean();
    for (int at = 0; at < height * width; black = !black) {
      int run = 1 + random.nextInt(1 << random.nextInt(14));
      bits.set(at, Math.min(height * width, at + run), black);
      at += run;
    }
    return Pixels.of(height, width, bits);
  }

  /** Half of them narrow, so that every width modulo 8 occurs, half up to 40,000 pixels wide. */
  private static Pixels mask(int i) {
    int height = 1 + i % 23;
    int width = i < MASKS / 2 ? 1 + i : 1 + 131 * (i - MASKS / 2);
    return switch (i % 3) {
      case 0 -> Pixels.noise(height, width, i);
      case 1 -> Pixels.blobs(height, width, i);
      default -> runs(height, width, i);
    };
  }

  private static byte[] tiff(Pixels mask) throws IOException {
    return BitTiff.encode(new PackedMask(mask.height(), mask.width(), mask.packed()));
  }

  @Test
  @Tag("once")
  void libtiffReadsEveryPixelFromOneStripOfGroup4() throws IOException {
    for (int i = 0; i < MASKS; i++) {
      Files.write(folder.resolve(i + ".tif"), tiff(mask(i)));
    }
    Python.require("numpy", "PIL")
        .run(
            """
            import os, sys
            import numpy as np
            from PIL import Image
            for i in range(int(sys.argv[2])):
                image = Image.open(os.path.join(sys.argv[1], "%d.tif" % i))
                assert image.mode == "1" and image.info["compression"] == "group4"
                assert len(image.tag_v2[273]) == 1, image.tag_v2
                np.asarray(image).astype(np.uint8).tofile(os.path.join(sys.argv[1], "%d.raw" % i))
            """,
            folder.toString(), Integer.toString(MASKS));
    for (int i = 0; i < MASKS; i++) {
      assertArrayEquals(mask(i).bytes(), Files.readAllBytes(folder.resolve(i + ".raw")));
    }
  }

  @Test
  void weReadEveryPixelAgain() throws IOException {
    for (int i = 0; i < MASKS; i += 7) {
      Pixels mask = mask(i);
      Path file = Files.write(folder.resolve("t.tif"), tiff(mask));
      PixelValues read = ImageDecoder.read(file).values();
      byte[] pixels = new byte[mask.height() * mask.width()];
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (byte) (read.at(p) == 0 ? 0 : 1);
      }
      assertArrayEquals(mask.bytes(), pixels, "mask " + i);
    }
  }

  @Test
  void theSameMaskGivesTheSameBytes() throws IOException {
    assertArrayEquals(tiff(mask(100)), tiff(mask(100)));
  }

  @Test
  void moreThanWeWouldReadAgainIsRefused() {
    PackedMask mask = new PackedMask(1 << 15, (1 << 13) + 1, new byte[((1 << 13) + 1) << 12]);
    String message =
        assertThrows(IllegalArgumentException.class, () -> BitTiff.encode(mask)).getMessage();
    assertTrue(message.contains("32768 x 8193 pixels is too large for TIFF"), message);
    assertEquals(1, message.lines().count());
  }
}
