package dev.maskmap.convert.coco;

import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A mask that shapes are added to: what one of them covers is foreground. Used by one thread. */
final class MaskCanvas {
  final int height;
  final int width;
  private final byte[] rows;
  private @Nullable PolygonRaster raster;

  MaskCanvas(int height, int width) {
    this.height = height;
    this.width = width;
    this.rows = new byte[(height + 7) / 8 * width];
  }

  /** Returns a decoder that adds to this mask. */
  RunDecoder runs() {
    return new RunDecoder(height, width, rows);
  }

  /** Adds a polygon, as {@link PolygonRaster#fill} does. */
  void fill(double[] corners, int count) throws IOException {
    PolygonRaster polygons = raster;
    if (polygons == null) {
      polygons = new PolygonRaster(height, width);
      raster = polygons;
    }
    polygons.fill(rows, corners, count);
  }

  /** Sets one pixel. */
  void set(int y, int x) {
    rows[(y >> 3) * width + x] |= (byte) (0x80 >> (y & 7));
  }

  /** Returns the mask, which shares this canvas's memory. */
  PackedMask mask(String note) {
    return new PackedMask(height, width, rows, note);
  }
}
