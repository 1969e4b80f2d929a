package dev.maskmap.convert.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.array.ArrayFormat.Packing;
import dev.maskmap.convert.array.TestZip.Entry;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Damaged files are read or refused in one line that begins with the file; nothing else happens.
 */
class ArrayCorruptionProps {
  private static final List<String> TYPES =
      List.of("|b1", "|u1", ">i2", "<u4", "<i8", "<f2", ">f8");

  @Property(tries = 1500)
  void aDamagedFileIsReadOrRefused(
      @ForAll("formats") ArrayFormat format, @ForAll boolean archive, @ForAll Random random)
      throws IOException {
    byte[] content = archive ? archive(random) : array(random);
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      content = damage(content, random);
    }
    Path file = Files.createTempFile("damaged", ".npy");
    try {
      Files.write(file, content);
      read(file, format);
    } finally {
      Files.delete(file);
    }
  }

  private static void read(Path file, ArrayFormat format) {
    try (MaskSource source = ArraySource.open(ReadMasks.file(file), format)) {
      int left = 100;
      for (MaskItem item = source.next(); item != null && left > 0; item = source.next()) {
        left--;
        try {
          ReadMasks.of(item);
        } catch (IOException e) {
          assertOneLine(e, item.origin());
        }
      }
    } catch (IOException e) {
      assertOneLine(e, file.toString());
    }
  }

  private static void assertOneLine(IOException e, String origin) {
    String message = e.getMessage();
    assertTrue(message.startsWith(origin + ": "), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.length() < 1000, message);
  }

  private static byte[] array(Random random) {
    ElementType type;
    String descr = TYPES.get(random.nextInt(TYPES.size()));
    try {
      type = ElementType.of(descr);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    int masks = 1 + random.nextInt(3);
    int height = 1 + random.nextInt(9);
    int width = 1 + random.nextInt(9);
    byte[] data = new byte[masks * height * width * type.bytes()];
    random.nextBytes(data);
    String shape = "(%d, %d, %d)".formatted(masks, height, width);
    return random.nextBoolean()
        ? TestNpy.fortran(descr, shape, data)
        : TestNpy.of(descr, data, masks, height, width);
  }

  private static byte[] archive(Random random) {
    TestZip zip = new TestZip();
    for (int members = random.nextInt(4); members >= 0; members--) {
      byte[] array = array(random);
      String name = "m" + members + ".npy";
      zip.add(random.nextBoolean() ? Entry.stored(name, array) : Entry.deflated(name, array));
    }
    return zip.toBytes();
  }

  private static byte[] damage(byte[] content, Random random) {
    // Headers and directories are at the ends, and what is there matters most.
    int near = Math.min(content.length, 150);
    int at =
        switch (random.nextInt(3)) {
          case 0 -> random.nextInt(near);
          case 1 -> content.length - 1 - random.nextInt(near);
          default -> random.nextInt(content.length);
        };
    if (random.nextInt(8) == 0) {
      return Arrays.copyOf(content, Math.max(1, at));
    }
    byte[] damaged = content.clone();
    damaged[at] =
        switch (random.nextInt(4)) {
          case 0 -> (byte) (damaged[at] ^ 1 << random.nextInt(8));
          case 1 -> (byte) 0xFF;
          case 2 -> (byte) "0123456789(),'<>".charAt(random.nextInt(16));
          default -> (byte) random.nextInt();
        };
    return damaged;
  }

  @Provide
  Arbitrary<ArrayFormat> formats() {
    return Arbitraries.of(
        ArrayFormat.plain(),
        new ArrayFormat(Packing.AXIS_1, true, 0, 0, null),
        new ArrayFormat(Packing.AXIS_0, false, 8, 5, null),
        new ArrayFormat(Packing.FLAT, false, 3, 5, null));
  }
}
