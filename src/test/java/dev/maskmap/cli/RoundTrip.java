package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.testing.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A way out of a store and in again, by the commands alone. */
enum RoundTrip {
  PNG("-o", "png", ""),
  PBM("-o", "pbm", ""),
  TIFF("-o", "tiff", ""),
  NPY("-o", "npy", ""),
  NPY_BOOL("-o", "npy-bool", ""),
  COCO("-o", "coco-rle", ".json"),
  ARCHIVE("--archive", "npy-bool", ".zip"),
  PACKED_ARCHIVE("--archive", "npy", ".zip");

  private final String option;
  private final String format;
  private final String extension;

  RoundTrip(String option, String format, String extension) {
    this.option = option;
    this.format = format;
    this.extension = extension;
  }

  /** Whether the files tell the height of their masks. */
  boolean keepsHeight() {
    return !format.equals("npy");
  }

  /**
   * Exports all masks of {@code store} into {@code folder} and packs them again.
   *
   * @param size of each mask, for the formats that do not keep it
   * @return the new store
   */
  Path packed(Path store, Path folder, String size) {
    Path exported = folder.resolve("exported" + extension);
    CommandRun.ok("export", store, option, exported, "--format", format, "--quiet");
    Path packed = folder.resolve("again.masks");
    List<Object> pack = new ArrayList<>(List.of("pack", exported, "-o", packed, "--quiet"));
    if (!keepsHeight()) {
      pack.addAll(List.of("--packed", "axis=0", "--size", size));
    }
    CommandRun.ok(pack.toArray());
    return packed;
  }

  /** The masks of a store by name. */
  static Map<String, Pixels> masks(Path path) throws IOException {
    Map<String, Pixels> masks = new TreeMap<>();
    try (MaskStore store = MaskStore.open(path)) {
      for (long i = 0; i < store.size(); i++) {
        masks.put(
            store.name(i), Pixels.of(store.height(i), store.width(i), store.mask(i).toBitSet()));
      }
    }
    return masks;
  }
}
