package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.ImportOptions;
import dev.maskmap.convert.ImportProgress;
import dev.maskmap.convert.Inputs;
import dev.maskmap.convert.RuleImport;
import dev.maskmap.convert.array.ArrayFormat;
import dev.maskmap.convert.coco.CocoRequest;
import dev.maskmap.convert.pixels.Channel;
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
import java.util.Random;
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
    List<Truth> masks = new ArrayList<>();
    for (String line : python.run(SCRIPT, folder.toString()).lines().toList()) {
      String[] fields = line.split("\t");
      masks.add(new Truth(fields[0], fields[3]));
    }
    Path store = temp.resolve(sub + ".masks");
    pack(folder, masks, store);
    int checked = check(store, masks);
    assertTrue(checked > 60, "only " + checked + " masks");
  }

  private static void pack(Path folder, List<Truth> masks, Path store) throws Exception {
    List<MaskFile> files =
        masks.stream().map(t -> new MaskFile(t.name(), folder.resolve(t.name()))).toList();
    Inputs inputs = new Inputs(Channel.VALUES, ArrayFormat.plain(), CocoRequest.plain());
    try (MaskStoreWriter writer = MaskStoreWriter.create(store)) {
      RuleImport.run(
          inputs.of(files),
          ForegroundRule.nonZero(),
          ImportOptions.plain(2),
          (name, mask) ->
              writer.addPacked(
                  name, mask.height(), mask.width(), MemorySegment.ofArray(mask.rows())),
          ImportProgress.NONE);
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
