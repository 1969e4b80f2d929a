package dev.maskmap.image;

import dev.maskmap.internal.npy.NpyHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Arrays and stores of noise. */
final class TestArrays {
  private TestArrays() {}

  static byte[] noise(int bytes, long seed) {
    byte[] noise = new byte[bytes];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  /** A NPY file of these bytes. */
  static Path npy(Path file, String descr, byte[] data, long... shape) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(NpyHeader.encode(descr, shape));
    out.write(data);
    return Files.write(file, out.toByteArray());
  }

  static Path fortran(Path file, byte[] data, long... shape) throws IOException {
    byte[] header = NpyHeader.encode("|u1", shape);
    String text = new String(header, StandardCharsets.ISO_8859_1);
    byte[] turned = text.replace("False, ", "True,  ").getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(turned);
    out.write(data);
    return Files.write(file, out.toByteArray());
  }

  /** A store of images of noise, of these heights and widths, named {@code a}, {@code b}... */
  static Path store(Path folder, ImageType type, int channels, int[]... sizes) throws IOException {
    try (ImageStoreWriter writer = ImageStoreWriter.create(folder, type, channels)) {
      for (int i = 0; i < sizes.length; i++) {
        byte[] pixels = pixels(sizes[i], channels * type.bytes(), i);
        String name = Character.toString('a' + i);
        writer.add(name, sizes[i][0], sizes[i][1], MemorySegment.ofArray(pixels));
      }
      writer.commit();
    }
    return folder;
  }

  static byte[] pixels(int[] size, int pixelBytes, int image) {
    return noise(size[0] * size[1] * pixelBytes, image);
  }
}
