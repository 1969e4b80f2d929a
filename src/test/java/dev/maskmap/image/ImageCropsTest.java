package dev.maskmap.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Allocations;
import dev.maskmap.testing.Python;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crops are what NumPy makes of the same arrays, byte by byte, and the memory around them stays.
 */
class ImageCropsTest {
  private static final int CANARY = 64;

  /**
   * Arrays of every type, order of bytes and number of channels, and crops of them: origin, valid
   * and full size, order of channels, scale, padding, turn. Small images are padded many times
   * over.
   */
  private static final String CROPS =
      """
      import sys
      import numpy as np
      folder, rng = sys.argv[1], np.random.default_rng(5)
      types = ["?", "i1", "u1", "<i2", "<u2", "<f2", "<i4", "<u4", "<f4", "<i8", "<u8", "<f8",
               ">i2", ">u2", ">f2", ">i4", ">u4", ">f4", ">i8", ">u8", ">f8"]
      arrays = []
      for t in types:
          for c in (0, 1, 2, 3, 4, 5):
              shape = (3, int(rng.integers(1, 90)), int(rng.integers(1, 90))) + ((c,) if c else ())
              a = rng.integers(0, 256, shape + (np.dtype(t).itemsize,), np.uint8)
              a = (a[..., 0] > 127) if t == "?" else a.view(t)[..., 0]
              np.save(f"{folder}/{len(arrays)}.npy", a)
              arrays.append(a)
      lines = []
      for i, a in enumerate(arrays):
          for n in range(24 if a.dtype == np.uint8 else 8):
              image, (h, w) = int(rng.integers(3)), a.shape[1:3]
              y, x = int(rng.integers(h)), int(rng.integers(w))
              vh, vw = int(rng.integers(1, h - y + 1)), int(rng.integers(1, w - x + 1))
              H, W = (vh, vw) if n % 3 == 0 else (vh + int(rng.integers(70)), vw + int(rng.integers(70)))
              chw, reflect, turn = n % 2, n // 2 % 2, int(rng.integers(8))
              scaled = int(a.dtype == np.uint8 and n % 5 < 3)
              crop = a[image, y : y + vh, x : x + vw].reshape(vh, vw, -1)
              pad = ((0, H - vh), (0, W - vw), (0, 0))
              crop = np.pad(crop, pad, mode="reflect") if reflect else np.pad(crop, pad)
              crop = np.rot90(np.fliplr(crop) if turn & 4 else crop, turn & 3)
              crop = crop.transpose(2, 0, 1) if chw else crop
              crop = crop.astype(np.float32) / np.float32(255) if scaled else crop
              crop = np.ascontiguousarray(crop)
              crop.astype(crop.dtype.newbyteorder("=")).tofile(f"{folder}/{len(lines)}.bin")
              lines.append(" ".join(map(str, (i, image, y, x, vh, vw, H, W, chw, reflect, scaled, turn))))
      open(f"{folder}/crops.txt", "w").write("\\n".join(lines))
      """;

  @TempDir Path folder;
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void cropsOfEveryKindAreNumpys() throws IOException {
    Python.require("numpy").run(CROPS, folder.toString());
    List<String> lines = Files.readAllLines(folder.resolve("crops.txt"));
    assertTrue(lines.size() > 1000);
    Map<Integer, ImageStore> stores = new HashMap<>();
    try {
      for (int i = 0; i < lines.size(); i++) {
        int[] n = Arrays.stream(lines.get(i).split(" ")).mapToInt(Integer::parseInt).toArray();
        ImageStore store = stores.get(n[0]);
        if (store == null) {
          store = ImageStore.open(folder.resolve(n[0] + ".npy"));
          stores.put(n[0], store);
        }
        ImageCrops crops =
            ImageCrops.of(store, n[6], n[7])
                .order(n[8] == 1 ? ChannelOrder.CHW : ChannelOrder.HWC)
                .padding(n[9] == 1 ? ImagePadding.REFLECT : ImagePadding.ZERO)
                .scaled(n[10] == 1);
        String what = store.type() + " of " + store.channels() + ": " + lines.get(i);
        byte[] expected = Files.readAllBytes(folder.resolve(i + ".bin"));
        assertEquals(expected.length, crops.bytes(), what);
        assertCrop(crops, n, expected, what);
      }
    } finally {
      stores.values().forEach(ImageStore::close);
    }
  }

  private static void assertCrop(ImageCrops crops, int[] n, byte[] expected, String what) {
    try (Arena here = Arena.ofConfined()) {
      MemorySegment to = here.allocate(expected.length + 2 * CANARY).fill((byte) 0x5A);
      MemorySegment scratch = here.allocate(crops.scratchBytes()).fill((byte) 0x77);
      crops.read(n[1], n[2], n[3], n[4], n[5], n[11], to, CANARY, scratch);
      byte[] all = to.toArray(JAVA_BYTE);
      assertArrayEquals(expected, Arrays.copyOfRange(all, CANARY, all.length - CANARY), what);
      for (int i = 0; i < CANARY; i++) {
        assertEquals(0x5A, all[i], what);
        assertEquals(0x5A, all[all.length - 1 - i], what);
      }
    }
  }

  @Test
  void aReadAllocatesNothing() throws IOException {
    Path npy =
        TestArrays.npy(
            folder.resolve("a.npy"), "|u1", TestArrays.noise(2 * 90 * 80 * 3, 1), 2, 90, 80, 3);
    Path ragged =
        TestArrays.store(
            folder.resolve("a.images"), ImageType.UINT8, 3, new int[] {90, 80}, new int[] {40, 70});
    try (ImageStore one = ImageStore.open(npy);
        ImageStore other = ImageStore.open(ragged)) {
      for (ImageStore store : new ImageStore[] {one, other}) {
        for (ChannelOrder order : ChannelOrder.values()) {
          for (ImagePadding padding : ImagePadding.values()) {
            for (int turn = 0; turn < 8; turn++) {
              ImageCrops crops =
                  ImageCrops.of(store, 48, 48).order(order).padding(padding).scaled(turn > 3);
              assertSettlesAtNothing(crops, turn);
            }
          }
        }
      }
    }
  }

  private void assertSettlesAtNothing(ImageCrops crops, int turn) {
    MemorySegment to = arena.allocate(crops.bytes());
    MemorySegment scratch = arena.allocate(crops.scratchBytes());
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 50 && least > 0; round++) {
      long before = Allocations.ofThisThread();
      for (int i = 0; i < 200; i++) {
        crops.prefetch(i & 1, i % 9, i % 7, 31, 40);
        crops.read(i & 1, i % 9, i % 7, 31, 40, turn, to, 0, scratch);
      }
      least = Math.min(least, Allocations.ofThisThread() - before);
    }
    // Asking for it takes a few bytes itself.
    assertTrue(least < 200, least + " bytes for 200 crops, turn " + turn);
  }

  @Test
  void whatDoesNotFitIsRefusedAndNamed() throws IOException {
    Path path =
        TestArrays.store(
            folder.resolve("a.images"), ImageType.UINT16, 2, new int[] {9, 8}, new int[] {4, 7});
    try (ImageStore store = ImageStore.open(path)) {
      ImageCrops crops = ImageCrops.of(store, 5, 6);
      MemorySegment to = arena.allocate(crops.bytes());
      MemorySegment scratch = arena.allocate(crops.scratchBytes());
      Exception e =
          assertThrows(
              IndexOutOfBoundsException.class, () -> crops.read(1, 0, 0, 5, 6, 0, to, 0, scratch));
      assertEquals(
          "crop of 5x6 at y 0, x 0 leaves image 1 ('b') of %s, which is 4x7".formatted(path),
          e.getMessage());
      e =
          assertThrows(
              IndexOutOfBoundsException.class, () -> crops.read(2, 0, 0, 5, 6, 0, to, 0, scratch));
      assertTrue(e.getMessage().endsWith("it holds images 0 to 1"), e.getMessage());
      assertThrows(
          IndexOutOfBoundsException.class, () -> crops.read(0, 0, 0, 6, 6, 0, to, 0, scratch));
      assertThrows(
          IndexOutOfBoundsException.class, () -> crops.read(0, 0, 0, 5, 6, 0, to, 1, scratch));
      assertThrows(
          IllegalArgumentException.class, () -> crops.read(0, 0, 0, 5, 6, 8, to, 0, scratch));
      assertThrows(
          IllegalArgumentException.class,
          () -> crops.read(0, 0, 0, 5, 6, 0, to, 0, scratch.asSlice(1)));
      assertThrows(
          IllegalArgumentException.class,
          () -> crops.read(0, 0, 0, 5, 6, 0, MemorySegment.ofArray(new byte[999]), 0, scratch));
      e = assertThrows(IllegalArgumentException.class, () -> crops.scaled(true));
      assertTrue(e.getMessage().contains("UINT16, and only UINT8"), e.getMessage());
    }
  }

  @Test
  void aReadOfClosedImagesSaysSo() throws IOException {
    Path path = TestArrays.store(folder.resolve("a.images"), ImageType.INT8, 1, new int[] {9, 8});
    ImageStore store = ImageStore.open(path);
    ImageCrops crops = ImageCrops.of(store, 5, 6);
    MemorySegment to = arena.allocate(crops.bytes());
    MemorySegment scratch = arena.allocate(crops.scratchBytes());
    store.close();
    Exception e =
        assertThrows(
            IllegalStateException.class, () -> crops.read(0, 0, 0, 5, 6, 0, to, 0, scratch));
    assertEquals(path + ": the images are closed", e.getMessage());
  }
}
