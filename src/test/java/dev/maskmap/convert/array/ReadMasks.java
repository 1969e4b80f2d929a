package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The masks of a source, read one value at a time.
 *
 * @param values row by row; of packed masks 0 and 1
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record ReadMasks(String name, String origin, int height, int width, double[] values, String note) {
  static MaskFile file(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return new MaskFile(dot > 0 ? name.substring(0, dot) : name, path);
  }

  static List<MaskItem> items(Path path, ArrayFormat format) throws IOException {
    List<MaskItem> items = new ArrayList<>();
    try (MaskSource source = ArraySource.open(file(path), format)) {
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        items.add(item);
      }
    }
    return items;
  }

  /** All masks, read after the source was closed. */
  static List<ReadMasks> all(Path path, ArrayFormat format) throws IOException {
    List<ReadMasks> masks = new ArrayList<>();
    for (MaskItem item : items(path, format)) {
      masks.add(of(item));
    }
    return masks;
  }

  static ReadMasks of(MaskItem item) throws IOException {
    MaskPixels pixels = item.read();
    return new ReadMasks(
        item.name(), item.origin(), pixels.height(), pixels.width(), values(pixels), pixels.note());
  }

  static double[] values(MaskPixels pixels) {
    double[] values = new double[pixels.height() * pixels.width()];
    for (int i = 0; i < values.length; i++) {
      int y = i / pixels.width();
      int x = i % pixels.width();
      values[i] =
          switch (pixels) {
            case DecodedImage image -> image.values().at(i);
            case PackedMask mask -> mask.rows()[y / 8 * mask.width() + x] >> (7 - y % 8) & 1;
          };
    }
    if (pixels instanceof PackedMask mask) {
      requireZeroPadding(mask);
    }
    return values;
  }

  private static void requireZeroPadding(PackedMask mask) {
    int last = (mask.height() - 1) / 8;
    for (int x = 0; x < mask.width(); x++) {
      if ((mask.rows()[last * mask.width() + x] & 0xFF >> (mask.height() - 8 * last)) != 0) {
        throw new AssertionError("bits past the height are set in column " + x);
      }
    }
  }
}
