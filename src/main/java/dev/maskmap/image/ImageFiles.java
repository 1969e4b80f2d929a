package dev.maskmap.image;

import java.util.List;

/** The files of a store of images, as {@code docs/format.md} lists them. */
final class ImageFiles {
  static final String MANIFEST = "maskmap-images.json";
  static final String PIXELS = "pixels.npy";
  static final String SHAPES = "shapes.npy";
  static final String OFFSETS = "offsets.npy";
  static final String CRC32 = "crc32.npy";
  static final String NAMES = "names.txt";
  static final String NAME_OFFSETS = "name_offsets.npy";

  /** Those of which checksums are kept, and of which the id is made, in order. */
  static final List<String> INDEX = List.of(SHAPES, OFFSETS, CRC32, NAMES, NAME_OFFSETS);

  private ImageFiles() {}
}
