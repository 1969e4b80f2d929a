package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelValues;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.MultiPixelPackedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * Takes the raw samples out of a raster, without its colour model. The layouts that masks come in
 * (packed bits, one byte a sample) are read from the data buffer, all others sample by sample.
 */
final class RasterValues {
  private RasterValues() {}

  /** Returns one band of {@code raster}: 0 is gray, palette index or red, the last may be alpha. */
  static PixelValues band(Raster raster, int band) {
    SampleModel model = raster.getSampleModel();
    if (direct(raster) && model instanceof MultiPixelPackedSampleModel packed) {
      int bits = packed.getPixelBitStride();
      if (packed.getScanlineStride() == (raster.getWidth() * bits + 7) / 8) {
        byte[] rows = ((DataBufferByte) raster.getDataBuffer()).getData();
        return Samples.values(rows, raster.getHeight(), raster.getWidth(), bits);
      }
    }
    if (direct(raster) && model instanceof ComponentSampleModel component) {
      return new PixelValues.Narrow(bytes(raster, component, band));
    }
    int[] samples =
        raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), band, (int[]) null);
    return model.getSampleSize(band) <= 8 ? narrow(samples) : new PixelValues.Wide(samples);
  }

  /**
   * Returns the first three bands of {@code raster} as {@code 0xRRGGBB}. Samples of 16 bits keep
   * their high byte, but one that is not zero stays so; those of 5 or 6 bits are stretched to 8, as
   * Pillow does it.
   */
  static PixelValues color(Raster raster) {
    if (direct(raster)
        && raster.getSampleModel() instanceof ComponentSampleModel component
        && component.getPixelStride() >= 3) {
      return new PixelValues.Wide(interleaved(raster, component));
    }
    return new PixelValues.Wide(anyColor(raster));
  }

  private static boolean direct(Raster raster) {
    return raster.getDataBuffer() instanceof DataBufferByte bytes
        && bytes.getNumBanks() == 1
        && bytes.getOffset() == 0
        && raster.getSampleModelTranslateX() == 0
        && raster.getSampleModelTranslateY() == 0;
  }

  private static byte[] bytes(Raster raster, ComponentSampleModel model, int band) {
    DataBuffer buffer = raster.getDataBuffer();
    byte[] data = ((DataBufferByte) buffer).getData();
    int step = model.getPixelStride();
    int width = raster.getWidth();
    byte[] out = new byte[raster.getHeight() * width];
    for (int y = 0, o = 0; y < raster.getHeight(); y++) {
      int at = model.getBandOffsets()[band] + y * model.getScanlineStride();
      for (int x = 0; x < width; x++, at += step) {
        out[o++] = data[at];
      }
    }
    return out;
  }

  private static int[] interleaved(Raster raster, ComponentSampleModel model) {
    byte[] data = ((DataBufferByte) raster.getDataBuffer()).getData();
    int[] offsets = model.getBandOffsets();
    int red = offsets[0];
    int green = offsets[1];
    int blue = offsets[2];
    int width = raster.getWidth();
    int[] out = new int[raster.getHeight() * width];
    for (int y = 0, o = 0; y < raster.getHeight(); y++) {
      int at = y * model.getScanlineStride();
      for (int x = 0; x < width; x++, at += model.getPixelStride()) {
        int rg = ((data[at + red] & 0xFF) << 16) | ((data[at + green] & 0xFF) << 8);
        out[o++] = rg | (data[at + blue] & 0xFF);
      }
    }
    return out;
  }

  private static int[] anyColor(Raster raster) {
    int width = raster.getWidth();
    int[] out = new int[raster.getHeight() * width];
    int[] row = new int[width];
    for (int band = 0; band < 3; band++) {
      int bits = raster.getSampleModel().getSampleSize(band);
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getSamples(0, y, width, 1, band, row);
        for (int x = 0; x < width; x++) {
          out[y * width + x] |= Samples.eightBits(row[x], bits) << (16 - 8 * band);
        }
      }
    }
    return out;
  }

  private static PixelValues narrow(int[] samples) {
    byte[] out = new byte[samples.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) samples[i];
    }
    return new PixelValues.Narrow(out);
  }
}
