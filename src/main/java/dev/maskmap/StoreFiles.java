package dev.maskmap;

/** The files of a store folder, as {@code docs/format.md} lists them. */
final class StoreFiles {
  static final String MANIFEST = "maskmap.json";

  /** Tells that a folder is a store of images. */
  static final String IMAGES = "maskmap-images.json";

  static final String MASKS = "masks.npy";
  static final String RUNS = "runs.npy";
  static final String ROWS = "rows.npy";
  static final String FOREGROUND = "foreground.npy";
  static final String AREAS = "areas.npy";
  static final String CRC32 = "crc32.npy";
  static final String NAMES = "names.txt";
  static final String NAME_OFFSETS = "name_offsets.npy";
  static final String SHAPES = "shapes.npy";
  static final String OFFSETS = "offsets.npy";
  static final String DATA_SET = "dataset.json";

  private StoreFiles() {}
}
