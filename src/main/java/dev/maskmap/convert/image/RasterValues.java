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

  /** Returns the first band of {@code raster}; further bands (alpha) are ignored. */
  static PixelValues gray(Raster raster) {
    SampleModel model = raster.getSampleModel();
    if (direct(raster) && model instanceof MultiPixelPackedSampleModel packed) {
      return new PixelValues.Narrow(unpack(raster, packed));
    }
    if (direct(raster) && model instanceof ComponentSampleModel component) {
      return new PixelValues.Narrow(band(raster, component));
    }
    int[] samples = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
    return model.getSampleSize(0) <= 8 ? narrow(samples) : new PixelValues.Wide(samples);
  }

  /**
   * Returns the first three bands of {@code raster} as {@code 0xRRGGBB}. Samples of 16 bits keep
   * their high byte, but one that is not zero stays so; those of 5 or 6 bits are stretched to 8.
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
        && raster.getSampleModelTranslateX() == 0
        && raster.getSampleModelTranslateY() == 0;
  }

  private static byte[] unpack(Raster raster, MultiPixelPackedSampleModel packed) {
    byte[] data = ((DataBufferByte) raster.getDataBuffer()).getData();
    int bits = packed.getPixelBitStride();
    int mask = (1 << bits) - 1;
    int width = raster.getWidth();
    byte[] out = new byte[raster.getHeight() * width];
    for (int y = 0, o = 0; y < raster.getHeight(); y++) {
      // In bits from the start of the row, so that a row of any length stays within an int.
      int row = raster.getDataBuffer().getOffset() + y * packed.getScanlineStride();
      int bit = packed.getDataBitOffset();
      for (int x = 0; x < width; x++, bit += bits) {
        out[o++] = (byte) ((data[row + (bit >> 3)] >> (8 - bits - (bit & 7))) & mask);
      }
    }
    return out;
  }

  private static byte[] band(Raster raster, ComponentSampleModel model) {
    DataBuffer buffer = raster.getDataBuffer();
    byte[] data = ((DataBufferByte) buffer).getData();
    int step = model.getPixelStride();
    int width = raster.getWidth();
    byte[] out = new byte[raster.getHeight() * width];
    for (int y = 0, o = 0; y < raster.getHeight(); y++) {
      int at = buffer.getOffset() + model.getBandOffsets()[0] + y * model.getScanlineStride();
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
      int at = raster.getDataBuffer().getOffset() + y * model.getScanlineStride();
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
          out[y * width + x] |= eightBits(row[x], bits) << (16 - 8 * band);
        }
      }
    }
    return out;
  }

  private static int eightBits(int sample, int bits) {
    if (bits > 8) {
      return Math.max(sample >>> (bits - 8), Math.min(sample, 1));
    }
    int top = (1 << bits) - 1;
    return (sample * 255 + top / 2) / top;
  }

  private static PixelValues narrow(int[] samples) {
    byte[] out = new byte[samples.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) samples[i];
    }
    return new PixelValues.Narrow(out);
  }
}
