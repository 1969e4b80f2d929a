package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.MaskImport;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.SharedMasks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real masks, from their files through a store to patches, against Pillow's decoding. */
@Tag("once")
class RealMasksTest {
  /** Prints name, height, width and the SHA-256 of the foreground as bytes 0 and 1. */
  private static final String SCRIPT =
      """
      import hashlib, os, sys
      import numpy as np
      from PIL import Image
      for name in sorted(os.listdir(sys.argv[1])):
          path = os.path.join(sys.argv[1], name)
          if not name.endswith(".png"): continue
          with open(path, "rb") as file:
              if file.read(8) != b"\\x89PNG\\r\\n\\x1a\\n": continue
          image = Image.open(path)
          pixels = np.asarray(image)
          if image.mode in ("RGB", "RGBA"): pixels = pixels[..., :3].max(axis=2)
          if image.mode == "LA": pixels = pixels[..., 0]
          mask = np.ascontiguousarray(pixels != 0).astype(np.uint8)
          print(name, *mask.shape, hashlib.sha256(mask.tobytes()).hexdigest(), sep="\\t")
      """;

  @TempDir Path temp;

  private record Truth(String name, String sha256) {}

  @ParameterizedTest
  @ValueSource(strings = {"fullhd", "varied"})
  void patchesOfRealMasksEqualPillow(String sub) throws Exception {
    Path folder = SharedMasks.folder(sub);
    Python python = Python.require("numpy", "PIL");
    Map<String, List<Truth>> bySize = new TreeMap<>();
    for (String line : python.run(SCRIPT, folder.toString()).lines().toList()) {
      String[] fields = line.split("\t");
      bySize
          .computeIfAbsent(fields[1] + "x" + fields[2], size -> new ArrayList<>())
          .add(new Truth(fields[0], fields[3]));
    }
    int checked = 0;
    for (Map.Entry<String, List<Truth>> size : bySize.entrySet()) {
      Path store = temp.resolve(size.getKey() + ".masks");
      pack(folder, size.getValue(), store);
      checked += check(store, size.getValue());
    }
    assertTrue(checked > 60, "only " + checked + " masks");
  }

  private static void pack(Path folder, List<Truth> masks, Path store) throws Exception {
    List<MaskFile> files =
        masks.stream().map(t -> new MaskFile(t.name(), folder.resolve(t.name()))).toList();
    List<byte[]> all = new ArrayList<>();
    MaskImport.Summary summary =
        MaskImport.run(
            files,
            ForegroundRule.nonZero(),
            2,
            (name, height, width, pixels) -> all.add(pixels),
            (done, total, bytes) -> {});
    try (MaskStoreWriter writer =
        MaskStoreWriter.create(store, summary.height(), summary.width())) {
      for (int i = 0; i < all.size(); i++) {
        writer.add(masks.get(i).name(), MemorySegment.ofArray(all.get(i)), summary.width());
      }
      writer.commit();
    }
  }

  private static int check(Path path, List<Truth> masks) throws IOException {
    assertEquals(List.of(), Verification.of(path, done -> {}).problems());
    try (MaskStore store = MaskStore.open(path)) {
      for (int i = 0; i < masks.size(); i++) {
        assertEquals(masks.get(i).name(), store.name(i));
        byte[] pixels = store.mask(i).toBytes();
        assertEquals(masks.get(i).sha256(), sha256(pixels), masks.get(i).name());
        checkPatches(store, i, pixels);
      }
      return masks.size();
    }
  }

  private static void checkPatches(MaskStore store, int mask, byte[] pixels) {
    Random random = new Random(mask);
    for (int k = 0; k < 8; k++) {
      int height = 1 + random.nextInt(Math.min(256, store.height(mask)));
      int width = 1 + random.nextInt(Math.min(256, store.width(mask)));
      int y = random.nextInt(store.height(mask) - height + 1);
      int x = random.nextInt(store.width(mask) - width + 1);
      byte[] expected = new byte[height * width];
      for (int r = 0; r < height; r++) {
        System.arraycopy(pixels, (y + r) * store.width(mask) + x, expected, r * width, width);
      }
      byte[] patch = new byte[height * width];
      MemorySegment dst = MemorySegment.ofArray(patch);
      store.read(mask, y, x, height, width, PixelType.UINT8, dst, 0);
      assertArrayEquals(expected, patch, store.name(mask));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
