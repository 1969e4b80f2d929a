package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.ImagePixels;
import dev.maskmap.image.ImageType;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;

/** Takes all samples out of a raster, in the order of its bands, without its colour model. */
final class RasterSamples {
  private RasterSamples() {}

  /** Returns 8 bits of each sample, stretched where there are fewer, and of more than 8 bits 16. */
  static ImagePixels of(Raster raster) throws IOException {
    int bands = raster.getNumBands();
    int height = raster.getHeight();
    int width = raster.getWidth();
    boolean wide = raster.getSampleModel().getSampleSize(0) > 8;
    ImageType type = wide ? ImageType.UINT16 : ImageType.UINT8;
    byte[] out = ImagePixels.room(height, width, bands, type);
    if (!wide
        && raster.getSampleModel() instanceof ComponentSampleModel model
        && raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getNumBanks() == 1
        && raster.getSampleModelTranslateX() == 0
        && raster.getSampleModelTranslateY() == 0) {
      bytes(model, buffer, height, width, out);
    } else {
      any(raster, type, out);
    }
    return new ImagePixels(height, width, bands, type, out);
  }

  private static void bytes(
      ComponentSampleModel model, DataBufferByte buffer, int height, int width, byte[] out) {
    byte[] data = buffer.getData();
    int[] bands = model.getBandOffsets();
    int step = model.getPixelStride();
    for (int b = 0; b < bands.length; b++) {
      for (int y = 0; y < height; y++) {
        int at = buffer.getOffset() + bands[b] + y * model.getScanlineStride();
        int to = y * width * bands.length + b;
        for (int x = 0; x < width; x++, at += step, to += bands.length) {
          out[to] = data[at];
        }
      }
    }
  }

  private static void any(Raster raster, ImageType type, byte[] out) {
    int bands = raster.getNumBands();
    int[] row = new int[raster.getWidth() * bands];
    for (int y = 0, o = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i++) {
        int bits = raster.getSampleModel().getSampleSize(i % bands);
        put(out, o++, bits < 8 ? Samples.eightBits(row[i], bits) : row[i], type);
      }
    }
  }

  static void put(byte[] out, int at, int value, ImageType type) {
    if (type == ImageType.UINT8) {
      out[at] = (byte) value;
    } else {
      out[2 * at] = (byte) value;
      out[2 * at + 1] = (byte) (value >>> 8);
    }
  }
}
