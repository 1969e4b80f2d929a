package dev.maskmap.convert.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelValues;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

class Group4Props {

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

  private static Pixels mask(int kind, int height, int width, long seed) {
    return switch (kind) {
      case 0 -> Pixels.noise(height, width, seed);
      case 1 -> Pixels.blobs(height, width, seed);
      default -> runs(height, width, seed);
    };
  }

  private static byte[] lines(Pixels mask) {
    return Scanlines.of(new PackedMask(mask.height(), mask.width(), mask.packed()), 0);
  }

  @Property
  void decodingUndoesEncoding(
      @ForAll @IntRange(max = 2) int kind,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 6000) int width,
      @ForAll long seed)
      throws IOException {
    byte[] lines = lines(mask(kind, height, width, seed));
    byte[] code = Group4Encoder.encode(lines, height, width);
    assertArrayEquals(lines, Group4Decoder.decode(code, width, height));
  }

  @Property
  void aStripThatEndsEarlyIsRefused(
      @ForAll @IntRange(max = 2) int kind,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll long seed) {
    byte[] code = Group4Encoder.encode(lines(mask(kind, height, width, seed)), height, width);
    // The mark of the end, 24 bits, and up to 7 that fill the byte may be missing.
    byte[] cut = Arrays.copyOf(code, Math.max(0, code.length - 4 - (int) (seed & 7)));
    assertThrows(IOException.class, () -> Group4Decoder.decode(cut, width, height));
  }

  @Property
  void anyBytesGivePixelsOrAReason(
      @ForAll byte[] data,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 300) int width) {
    try {
      byte[] lines = Group4Decoder.decode(data, width, height);
      assertEquals(height * ((width + 7) / 8), lines.length);
    } catch (IOException e) {
      assertTrue(e.getMessage().matches("(corrupt|truncated) Group 4 data: .*"), e.getMessage());
    }
  }

  /** libtiff, which Pillow uses, reads ours, and we read libtiff's. */
  @Example
  @Tag("once")
  void libtiffReadsOursAndWeReadItsOwn() throws IOException {
    Path folder = Files.createTempDirectory("group4");
    try {
      for (int i = 0; i < 120; i++) {
        Pixels mask = mask(i % 3, 1 + i % 23, i < 60 ? 1 + i : 1 + 131 * (i - 60), i);
        Files.write(folder.resolve(i + ".tif"), tiff(mask));
      }
      Python.require("numpy", "PIL")
          .run(
              """
              import os, sys
              import numpy as np
              from PIL import Image
              for i in range(120):
                  image = Image.open(os.path.join(sys.argv[1], "%d.tif" % i))
                  assert image.mode == "1" and image.info["compression"] == "group4"
                  np.asarray(image).astype(np.uint8).tofile(os.path.join(sys.argv[1], "%d.raw" % i))
                  image.save(os.path.join(sys.argv[1], "%d.theirs.tif" % i), compression="group4")
              """,
              folder.toString());
      for (int i = 0; i < 120; i++) {
        Pixels mask = mask(i % 3, 1 + i % 23, i < 60 ? 1 + i : 1 + 131 * (i - 60), i);
        byte[] expected = mask.bytes();
        assertArrayEquals(expected, Files.readAllBytes(folder.resolve(i + ".raw")));
        PixelValues theirs = ImageDecoder.read(folder.resolve(i + ".theirs.tif")).values();
        for (int p = 0; p < mask.height() * mask.width(); p++) {
          assertEquals(expected[p], theirs.at(p) != 0 ? 1 : 0);
        }
      }
    } finally {
      Stores.delete(folder);
    }
  }

  private static byte[] tiff(Pixels mask) {
    return BitTiff.encode(new PackedMask(mask.height(), mask.width(), mask.packed()));
  }
}
