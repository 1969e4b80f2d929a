package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy reads what we write, and we read what NumPy writes. */
@Tag("kernel")
class NumpyStoreTest {
  private static final List<Pixels> MASKS =
      List.of(
          Pixels.noise(101, 333, 1),
          Pixels.blobs(101, 333, 2),
          Pixels.noise(101, 333, 3),
          Pixels.blobs(101, 333, 4));

  @TempDir Path folder;

  @Test
  void numpyReadsTheArraysOfAStore() throws IOException {
    Python python = Python.require("numpy");
    Path store = Stores.write(folder.resolve("s.masks"), MASKS);
    for (int i = 0; i < MASKS.size(); i++) {
      Files.write(folder.resolve("m" + i + ".bin"), MASKS.get(i).bytes());
    }
    String script =
        """
        import json, sys, zlib
        import numpy as np
        folder, n, h, w = sys.argv[1], 4, 101, 333
        def load(name): return np.load(f"{folder}/s.masks/{name}.npy", mmap_mode="r")
        masks, foreground, areas = load("masks"), load("foreground"), load("areas")
        crcs, offsets = load("crc32"), load("name_offsets")
        assert masks.dtype == np.uint8 and masks.shape == (n, 13, w), masks.shape
        assert foreground.dtype == np.dtype("<u4") and foreground.shape == (n, 13)
        assert areas.dtype == np.dtype("<i8") and areas.shape == (n + 1,)
        names = open(f"{folder}/s.masks/names.txt", "rb").read()
        for i in range(n):
            pixels = np.fromfile(f"{folder}/m{i}.bin", np.uint8).reshape(h, w)
            assert np.array_equal(np.unpackbits(masks[i], axis=0)[:h], pixels), i
            assert np.array_equal(masks[i], np.packbits(pixels, axis=0)), i
            per_row = np.unpackbits(masks[i], axis=0).reshape(13, 8, w).sum(axis=(1, 2))
            assert np.array_equal(foreground[i], np.cumsum(per_row)), i
            assert areas[i + 1] - areas[i] == pixels.sum(), i
            assert crcs[i] == zlib.crc32(masks[i].tobytes()), i
            assert names[offsets[i]:offsets[i + 1]] == b"m%d\\n" % i, i
        manifest = open(f"{folder}/s.masks/maskmap.json", "rb").read()
        end = manifest.rindex(b'"crc32"')
        assert json.loads(manifest)["crc32"] == zlib.crc32(manifest[:end])
        print("equal")
        """;
    assertEquals("equal", python.run(script, folder.toString()).strip());
  }

  @Test
  void weReadWhatNumpyPacked() throws IOException {
    Python python = Python.require("numpy");
    String script =
        """
        import sys
        import numpy as np
        folder = sys.argv[1]
        pixels = np.random.default_rng(1).integers(0, 2, (3, 101, 333), np.uint8)
        pixels.tofile(f"{folder}/pixels.bin")
        packed = np.packbits(pixels, axis=-2)
        np.save(f"{folder}/many.npy", packed)
        np.save(f"{folder}/one.npy", packed[1])
        buffer = np.memmap(f"{folder}/raw.bin", mode="w+", dtype=np.uint8, shape=packed.shape)
        buffer[:] = packed
        buffer.flush()
        """;
    python.run(script, folder.toString());
    byte[] pixels = Files.readAllBytes(folder.resolve("pixels.bin"));
    try (MaskStore many = MaskStore.openPacked(folder.resolve("many.npy"), 101);
        MaskStore raw = MaskStore.openRaw(folder.resolve("raw.bin"), 0, 3, 101, 333);
        MaskStore one = MaskStore.openPacked(folder.resolve("one.npy"), 101)) {
      for (int i = 0; i < 3; i++) {
        byte[] expected = java.util.Arrays.copyOfRange(pixels, i * 33633, (i + 1) * 33633);
        assertArrayEquals(expected, many.mask(i).toBytes());
        assertArrayEquals(expected, raw.mask(i).toBytes());
      }
      assertArrayEquals(many.mask(1).toBytes(), one.mask(0).toBytes());
    }
    try (MaskStore guessed = MaskStore.open(folder.resolve("many.npy"))) {
      assertEquals(104, guessed.height(0));
    }
  }
}
