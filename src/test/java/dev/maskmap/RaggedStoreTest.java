package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.internal.npy.NpyHeader;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of masks of different sizes: their arrays, and what damage does. */
class RaggedStoreTest {
  private static final List<Pixels> MASKS =
      List.of(
          Pixels.noise(21, 34, 1),
          Pixels.blobs(21, 34, 2),
          Pixels.noise(1, 1, 3),
          Pixels.blobs(101, 333, 4));

  @TempDir Path folder;

  private Path store() throws IOException {
    return Stores.writeAny(folder.resolve("s.masks"), MASKS);
  }

  @Test
  @Tag("once")
  void numpyReadsTheArraysOfARaggedStore() throws IOException {
    Python python = Python.require("numpy");
    store();
    for (int i = 0; i < MASKS.size(); i++) {
      Files.write(folder.resolve("m" + i + ".bin"), MASKS.get(i).bytes());
    }
    String script =
        """
        import json, sys, zlib
        import numpy as np
        folder, n = sys.argv[1], 4
        def load(name): return np.load(f"{folder}/s.masks/{name}.npy", mmap_mode="r")
        masks, foreground, areas = load("masks"), load("foreground"), load("areas")
        shapes, offsets, crcs = load("shapes"), load("offsets"), load("crc32")
        assert masks.ndim == 1 and shapes.shape == (n, 2) and shapes.dtype == np.dtype("<i4")
        assert offsets.shape == (n + 1, 2) and offsets.dtype == np.dtype("<i8")
        assert offsets[n, 0] == len(masks) and offsets[n, 1] == len(foreground)
        for i in range(n):
            (h, w), (byte, row) = shapes[i], offsets[i]
            p = (h + 7) // 8
            pixels = np.fromfile(f"{folder}/m{i}.bin", np.uint8).reshape(h, w)
            packed = masks[byte:byte + p * w].reshape(p, w)
            assert byte % 64 == 0
            assert np.array_equal(packed, np.packbits(pixels, axis=0)), i
            sums = np.cumsum([pixels[8 * j:8 * j + 8].sum() for j in range(p)])
            assert np.array_equal(foreground[row:row + p], sums), i
            assert areas[i + 1] - areas[i] == pixels.sum(), i
            assert crcs[i] == zlib.crc32(packed.tobytes()), i
        manifest = json.load(open(f"{folder}/s.masks/maskmap.json"))
        assert "height" not in manifest and "width" not in manifest
        print("equal")
        """;
    assertEquals("equal", python.run(script, folder.toString()).strip());
  }

  @Test
  void sizesBelongToTheirMasks() throws IOException {
    try (MaskStore store = MaskStore.open(store())) {
      assertFalse(store.isUniform());
      assertEquals(1, store.height(2));
      assertEquals(333, store.width(3));
      assertThrows(IndexOutOfBoundsException.class, () -> store.height(4));
      String message =
          assertThrows(
                  IndexOutOfBoundsException.class,
                  () -> store.mask(0).count(Region.of(0, 0, 22, 1)))
              .getMessage();
      assertTrue(message.contains("which is 21x34"), message);
    }
  }

  @Test
  void aWriterMadeForOneSizeRefusesOthersAndOneForAnySizeWantsToKnow() throws IOException {
    MemorySegment pixels = MemorySegment.ofArray(new byte[100]);
    try (MaskStoreWriter fixed = MaskStoreWriter.create(folder.resolve("f.masks"), 10, 10);
        MaskStoreWriter any = MaskStoreWriter.create(folder.resolve("a.masks"))) {
      fixed.add("a", 10, 10, pixels, 10);
      assertThrows(IllegalArgumentException.class, () -> fixed.add("b", 5, 10, pixels, 10));
      assertThrows(IllegalStateException.class, () -> any.add("a", pixels, 10));
      any.add("a", 10, 10, pixels, 10);
      assertFalse(any.isRagged());
      any.add("b", 5, 10, pixels, 10);
      assertTrue(any.isRagged());
    }
    assertEquals(List.of(), Stores.names(folder));
  }

  @Test
  void offsetsAndSidesThatLeadAstrayAreNamedAndNothingElseHappens() throws IOException {
    for (long value : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40, 64_000}) {
      Path broken = Stores.copy(store(), folder.resolve("b.masks"));
      put(broken.resolve("offsets.npy"), 128 + 16L * 3, value);
      assertDamaged(broken, 3, "offsets.npy");
      Stores.delete(broken);
      Stores.delete(folder.resolve("s.masks"));
    }
    for (long sides : new long[] {0, -1, 0x7FFFFFFF_7FFFFFFFL, 0x80000000_00000001L}) {
      Path broken = Stores.copy(store(), folder.resolve("b.masks"));
      put(broken.resolve("shapes.npy"), 128 + 8L * 3, sides);
      assertDamaged(broken, 3, sides == 0x7FFFFFFF_7FFFFFFFL ? "offsets.npy" : "shapes.npy");
      Stores.delete(broken);
      Stores.delete(folder.resolve("s.masks"));
    }
  }

  private static void assertDamaged(Path broken, long mask, String file) throws IOException {
    try (MaskStore store = MaskStore.open(broken)) {
      String message =
          assertThrows(IllegalStateException.class, () -> store.mask(mask).get(0, 0)).getMessage();
      assertTrue(message.contains(file) && message.contains("damaged"), message);
      assertThrows(IllegalStateException.class, () -> store.mask(mask).packed());
      assertTrue(store.mask(0).count() > 0);
    }
    assertFalse(Verification.of(broken, done -> {}).problems().isEmpty());
  }

  private static void put(Path file, long at, long value) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(bytes, at);
    }
  }

  @Test
  void aMissingOrShortFileIsNamedAtOpen() throws IOException {
    for (String file : List.of("shapes.npy", "offsets.npy", "masks.npy", "foreground.npy")) {
      Path broken = Stores.copy(store(), folder.resolve("b.masks"));
      Stores.truncate(broken.resolve(file), Files.size(broken.resolve(file)) - 8);
      String message =
          assertThrows(MaskFormatException.class, () -> MaskStore.open(broken)).getMessage();
      assertTrue(message.contains(file), message);
      Files.delete(broken.resolve(file));
      assertThrows(MaskFormatException.class, () -> MaskStore.open(broken));
      Stores.delete(broken);
      Stores.delete(folder.resolve("s.masks"));
    }
  }

  @Test
  void aManifestWithOneSideOnlyIsRefused() throws IOException {
    Path broken = store();
    Stores.editManifest(broken, "\"masks\": 4, ", "\"masks\": 4, \"height\": 21, ");
    String message =
        assertThrows(MaskFormatException.class, () -> MaskStore.open(broken)).getMessage();
    assertTrue(message.contains("width"), message);
  }

  @Test
  void verificationFindsEveryBitFlippedInPixelsSizesAndPlaces() throws IOException {
    Path store = store();
    for (String file : List.of("shapes.npy", "offsets.npy", "masks.npy")) {
      for (long at = 0; at < Files.size(store.resolve(file)); at += 5) {
        Stores.flip(store.resolve(file), at, (int) (at % 8));
        assertFalse(Verification.of(store, done -> {}).problems().isEmpty(), file + " " + at);
        Stores.flip(store.resolve(file), at, (int) (at % 8));
      }
    }
    assertEquals(List.of(), Verification.of(store, done -> {}).problems());
  }

  @Test
  void bytesBehindTheLastMaskAreNoPartOfAStore() throws IOException {
    Path store = store();
    Path masks = store.resolve("masks.npy");
    long bytes = Files.size(masks) - 128;
    byte[] all = Arrays.copyOf(Files.readAllBytes(masks), (int) bytes + 128 + 10);
    byte[] header = NpyHeader.encode("|u1", bytes + 10);
    System.arraycopy(header, 0, all, 0, 128);
    Files.write(masks, all);
    Stores.editManifest(store, "\"bytes\": " + (bytes + 128), "\"bytes\": " + (bytes + 138));
    assertThrows(MaskFormatException.class, () -> MaskStore.open(store));
    assertFalse(Verification.of(store, done -> {}).problems().isEmpty());
  }

  @Test
  @Tag("once")
  void countsGrowTo8BytesWithTheFirstMaskThatNeedsThem() throws IOException {
    byte[] small = new byte[200];
    small[0] = (byte) 0xF0;
    small[150] = 1;
    byte[] large = new byte[1 << 29];
    large[5] = 3;
    try (CountsWriter counts = new CountsWriter(folder)) {
      assertEquals(5, counts.append(new MaskSize(16, 100), small));
      assertEquals(2, counts.append(new MaskSize(1 << 20, 1 << 12), large));
      counts.finish(2, false);
    }
    byte[] file = Files.readAllBytes(folder.resolve("foreground.npy"));
    ByteBuffer sums = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(128);
    assertEquals(128 + 8 * (2 + (1 << 17)), file.length);
    assertEquals(4, sums.getLong());
    assertEquals(5, sums.getLong());
    assertEquals(2, sums.getLong());
    assertEquals(List.of("foreground.npy"), Stores.names(folder));
  }
}
