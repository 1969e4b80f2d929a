package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Patches.Target;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays packed down the columns serve as stores without conversion. */
@Tag("kernel")
class BareArrayTest {
  private static final int HEIGHT = 37;
  private static final int WIDTH = 91;
  private static final int ROWS = 5;

  @TempDir Path folder;
  private final List<Pixels> masks =
      List.of(
          Pixels.noise(HEIGHT, WIDTH, 1),
          Pixels.noise(HEIGHT, WIDTH, 2),
          Pixels.noise(HEIGHT, WIDTH, 3));

  @Test
  void anArrayOfMasksIsAStoreOfFullPackedRows() throws IOException {
    try (MaskStore store = MaskStore.open(npy("a.npy", 0, 3, ROWS, WIDTH))) {
      assertEquals(3, store.size());
      assertEquals(8 * ROWS, store.height(2));
      assertEquals(WIDTH, store.width(2));
      assertEquals("", store.id());
      assertFalse(store.hasNames());
      assertEquals("2", store.name(2));
      checkAllTypes(store);
    }
  }

  @Test
  void anArrayOfTwoDimensionsIsOneMask() throws IOException {
    Path file = Stores.npy(folder.resolve("b.npy"), masks.getFirst().packed(), ROWS, WIDTH);
    try (MaskStore store = MaskStore.open(file)) {
      assertEquals(1, store.size());
      assertEquals(masks.getFirst().count(), store.mask(0).count());
    }
  }

  @Test
  void bitsPastTheGivenHeightAreNotTrusted() throws IOException {
    try (MaskStore store = MaskStore.openPacked(npy("c.npy", 0x07, 3, ROWS, WIDTH), HEIGHT)) {
      assertEquals(HEIGHT, store.height(0));
      checkAllTypes(store);
      for (int i = 0; i < masks.size(); i++) {
        Mask mask = store.mask(i);
        assertEquals(masks.get(i).count(), mask.count());
        assertEquals(masks.get(i).bits(), mask.toBitSet());
        assertEquals(
            masks.get(i).bits().previousSetBit(HEIGHT * WIDTH), last(mask), "last foreground");
      }
    }
  }

  @Test
  void aHeaderlessFileOpensWithItsShape() throws IOException {
    byte[] data = data(0x05);
    byte[] all = new byte[77 + data.length + 3];
    Arrays.fill(all, (byte) 0xFF);
    System.arraycopy(data, 0, all, 77, data.length);
    Path file = Files.write(folder.resolve("raw.bin"), all);
    try (MaskStore store = MaskStore.openRaw(file, 77, 3, HEIGHT, WIDTH)) {
      assertEquals(3, store.size());
      checkAllTypes(store);
      assertEquals(masks.get(1).count(), store.mask(1).count());
    }
  }

  @Test
  void aHeaderlessFileThatIsTooShortIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("raw.bin"), data(0));
    assertRefused("raw.bin", () -> MaskStore.openRaw(file, 1, 3, HEIGHT, WIDTH).close());
    assertRefused("raw.bin", () -> MaskStore.openRaw(file, 0, 4, HEIGHT, WIDTH).close());
    assertThrows(
        IllegalArgumentException.class,
        () -> MaskStore.openRaw(file, Long.MAX_VALUE, 1, HEIGHT, WIDTH).close());
  }

  @Test
  void aShapeWithoutPixelsOrBeyondALongIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("raw.bin"), data(0));
    assertThrows(
        IllegalArgumentException.class, () -> MaskStore.openRaw(file, -1, 1, 1, 1).close());
    for (long[] s : new long[][] {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {-1, 1, 1}, {1, -1, 1}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> MaskStore.openRaw(file, 0, s[0], (int) s[1], (int) s[2]).close());
    }
    assertThrows(
        Exception.class,
        () ->
            MaskStore.openRaw(file, 0, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)
                .close());
  }

  @Test
  void unpackedBooleansAndBytesOfZeroAndOneAreRefusedUnlessTheHeightIsGiven() throws IOException {
    byte[] zerosAndOnes = Pixels.noise(40, 64, 7).bytes();
    Path bytes = Stores.npy(folder.resolve("bytes.npy"), zerosAndOnes, 40, 64);
    Path bools =
        Stores.npy(folder.resolve("bools.npy"), Stores.dict("|b1", false, 40, 64), zerosAndOnes);
    for (Path file : List.of(bytes, bools)) {
      assertRefused("packbits", () -> MaskStore.open(file).close());
      try (MaskStore store = MaskStore.openPacked(file, 320)) {
        assertEquals(320, store.height(0));
      }
    }
  }

  @Test
  void otherOrdersTypesAndShapesAreRefused() throws IOException {
    byte[] data = new byte[4096];
    Arrays.fill(data, (byte) 0x77);
    String[][] dicts = {
      {Stores.dict("|u1", true, 3, 5, 9), "Fortran"},
      {Stores.dict("<f4", false, 3, 5, 9), "<f4"},
      {Stores.dict("<u2", false, 3, 5, 9), "<u2"},
      {Stores.dict("|O", false, 3, 5, 9), "|O"},
      {Stores.dict("|u1", false), "[]"},
      {Stores.dict("|u1", false, 9), "9"},
      {Stores.dict("|u1", false, 2, 2, 2, 2), "2"},
      {Stores.dict("|u1", false, 0, 5, 9), "0"},
      {Stores.dict("|u1", false, 3, 0, 9), "0"},
      {Stores.dict("|u1", false, 3, 5, 0), "0"},
      {Stores.dict("|u1", false, 1L << 40, 1L << 20, 1L << 20), ""},
      {Stores.dict("|u1", false, 1L << 62, 4, 4), ""},
      {Stores.dict("|u1", false, 1, 1L << 31, 1), ""},
      {Stores.dict("|u1", false, 1, 1, 1L << 31), ""}
    };
    for (String[] dict : dicts) {
      Path file = Stores.npy(folder.resolve("odd.npy"), dict[0], data);
      assertRefused(dict[1], () -> MaskStore.open(file).close());
      assertRefused("odd.npy", () -> MaskStore.open(file).close());
    }
  }

  @Test
  void aFileCutShortByOneByteIsRefused() throws IOException {
    Path file = npy("cut.npy", 0, 3, ROWS, WIDTH);
    Stores.truncate(file, Files.size(file) - 1);
    assertRefused("cut.npy", () -> MaskStore.open(file).close());
    assertRefused("cut.npy", () -> MaskStore.openPacked(file, HEIGHT).close());
  }

  @Test
  void aHeightThatDoesNotFitThePackedRowsIsRefused() throws IOException {
    Path file = npy("h.npy", 0, 3, ROWS, WIDTH);
    for (int height : new int[] {32, 41, 1, Integer.MAX_VALUE}) {
      assertRefused("h.npy", () -> MaskStore.openPacked(file, height).close());
    }
    for (int height : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThrows(
          IllegalArgumentException.class, () -> MaskStore.openPacked(file, height).close());
    }
    for (int height = 33; height <= 40; height++) {
      MaskStore.openPacked(file, height).close();
    }
  }

  private void checkAllTypes(MaskStore store) {
    try (Arena arena = Arena.ofConfined()) {
      for (PixelType type : PixelType.values()) {
        for (int i = 0; i < masks.size(); i++) {
          for (Region r :
              List.of(
                  Region.of(0, 0, HEIGHT, WIDTH),
                  Region.of(11, 5, 26, 80),
                  Region.of(33, 0, 4, WIDTH),
                  Region.of(36, 90, 1, 1))) {
            long bytes = Target.bytes(type, r.height(), r.width(), 8, 0);
            Target target = new Target(arena.allocate(bytes + 8), 8, 0);
            Patches.check(store, i, masks.get(i), r, type, target);
          }
        }
      }
    }
  }

  private static long last(Mask mask) {
    long last = -1;
    for (long at = mask.nextForeground(0); at >= 0; at = mask.nextForeground(at + 1)) {
      last = at;
    }
    return last;
  }

  private Path npy(String name, int junk, long... shape) throws IOException {
    return Stores.npy(folder.resolve(name), data(junk), shape);
  }

  /** All masks packed, with {@code junk} in the bits past the height. */
  private byte[] data(int junk) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Pixels mask : masks) {
      byte[] packed = mask.packed();
      for (int x = 0; x < WIDTH; x++) {
        packed[(ROWS - 1) * WIDTH + x] |= (byte) junk;
      }
      all.writeBytes(packed);
    }
    return all.toByteArray();
  }

  private static void assertRefused(String named, org.junit.jupiter.api.function.Executable open) {
    MaskFormatException e = assertThrows(MaskFormatException.class, open);
    assertTrue(e.getMessage().contains(named), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }
}
