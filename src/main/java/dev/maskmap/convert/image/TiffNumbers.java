package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.ImagePixels;
import dev.maskmap.image.ImageType;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Samples of TIFF pages that are no shades: signed, floating, or of 32 bits. One a pixel. */
final class TiffNumbers {
  private TiffNumbers() {}

  static ImagePixels of(TiffLayout layout, Raster raster) throws IOException {
    ImageType type = type(layout);
    byte[] out = ImagePixels.room(layout.height(), layout.width(), 1, type);
    ByteBuffer to = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    double[] row = new double[layout.width()];
    for (int y = 0; y < layout.height(); y++) {
      raster.getSamples(0, y, layout.width(), 1, 0, row);
      for (double sample : row) {
        switch (type) {
          case FLOAT32 -> to.putFloat((float) sample);
          case FLOAT64 -> to.putDouble(sample);
          default -> put(to, (long) sample, type.bytes());
        }
      }
    }
    return new ImagePixels(layout.height(), layout.width(), 1, type, out);
  }

  private static ImageType type(TiffLayout layout) {
    return switch (layout.format()) {
      case TiffLayout.FLOAT -> layout.bits() == 32 ? ImageType.FLOAT32 : ImageType.FLOAT64;
      case TiffLayout.SIGNED ->
          switch (layout.bits()) {
            case 8 -> ImageType.INT8;
            case 16 -> ImageType.INT16;
            default -> ImageType.INT32;
          };
      default -> ImageType.UINT32;
    };
  }

  private static void put(ByteBuffer to, long value, int bytes) {
    switch (bytes) {
      case 1 -> to.put((byte) value);
      case 2 -> to.putShort((short) value);
      default -> to.putInt((int) value);
    }
  }
}
