package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The samples of a TIFF page, as pixel values. */
final class TiffSamples {
  private final TiffLayout layout;
  private final byte[][] planes;
  private final ByteOrder order;

  /** Takes the planes, in rows of whole bytes; one of them may become part of what is returned. */
  TiffSamples(TiffLayout layout, byte[][] planes, ByteOrder order) {
    this.layout = layout;
    this.planes = planes;
    this.order = order;
  }

  /**
   * Returns gray values, indexes, numbers or colours.
   *
   * @throws IOException if a number is not one
   */
  PixelValues values() throws IOException {
    if (layout.photometric() == TiffLayout.RGB) {
      return colors();
    }
    if (layout.photometric() == TiffLayout.WHITE_IS_ZERO && layout.bits() <= 8) {
      for (int i = 0; i < planes[0].length; i++) {
        planes[0][i] = (byte) ~planes[0][i];
      }
    }
    return band(0);
  }

  /**
   * Returns one sample of each pixel.
   *
   * @throws IOException if a number is not one
   */
  PixelValues band(int sample) throws IOException {
    if (!layout.plain()) {
      return numbers(sample);
    }
    if (layout.bits() <= 8 && layout.planeSamples() == 1) {
      return Samples.values(plane(sample), layout.height(), layout.width(), layout.bits());
    }
    return layout.bits() == 8 ? narrow(sample) : wide(sample);
  }

  private byte[] plane(int sample) {
    return planes[layout.planes() == 1 ? 0 : sample];
  }

  /** Returns the first byte of {@code sample} of a pixel of whole bytes. */
  private int at(int pixel, int sample) {
    int offset = layout.planes() == 1 ? sample : 0;
    return (pixel * layout.planeSamples() + offset) * (layout.bits() / 8);
  }

  private int pixels() {
    return layout.height() * layout.width();
  }

  private PixelValues narrow(int sample) {
    byte[] plane = plane(sample);
    byte[] out = new byte[pixels()];
    for (int i = 0; i < out.length; i++) {
      out[i] = plane[at(i, sample)];
    }
    return new PixelValues.Narrow(out);
  }

  private PixelValues wide(int sample) {
    ByteBuffer plane = ByteBuffer.wrap(plane(sample)).order(order);
    int[] out = new int[pixels()];
    for (int i = 0; i < out.length; i++) {
      out[i] = plane.getShort(at(i, sample)) & 0xFFFF;
    }
    return new PixelValues.Wide(out);
  }

  private PixelValues colors() {
    int[] out = new int[pixels()];
    for (int sample = 0; sample < 3; sample++) {
      ByteBuffer plane = ByteBuffer.wrap(plane(sample)).order(order);
      for (int i = 0; i < out.length; i++) {
        int at = at(i, sample);
        int value = layout.bits() == 8 ? plane.get(at) & 0xFF : plane.getShort(at) & 0xFFFF;
        out[i] |= Samples.eightBits(value, layout.bits()) << (16 - 8 * sample);
      }
    }
    return new PixelValues.Wide(out);
  }

  private PixelValues numbers(int sample) throws IOException {
    ByteBuffer plane = ByteBuffer.wrap(plane(sample)).order(order);
    double[] out = new double[pixels()];
    for (int i = 0; i < out.length; i++) {
      out[i] = number(plane, at(i, sample));
      if (Double.isNaN(out[i])) {
        throw new IOException(
            "its pixel (%d, %d) is no number (NaN), so it is neither foreground nor background"
                .formatted(i / layout.width(), i % layout.width()));
      }
    }
    return new PixelValues.Reals(out);
  }

  private double number(ByteBuffer plane, int at) {
    if (layout.format() == TiffLayout.FLOAT) {
      return layout.bits() == 64 ? plane.getDouble(at) : plane.getFloat(at);
    }
    boolean signed = layout.format() == TiffLayout.SIGNED;
    return switch (layout.bits()) {
      case 8 -> plane.get(at);
      case 16 -> plane.getShort(at);
      default -> signed ? plane.getInt(at) : plane.getInt(at) & 0xFFFFFFFFL;
    };
  }
}
