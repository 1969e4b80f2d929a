package dev.maskmap.convert.pixels;

import dev.maskmap.image.ImageType;
import java.io.IOException;

/**
 * An image with all its channels.
 *
 * @param height rows of pixels, at least 1
 * @param width pixels in a row, at least 1
 * @param channels samples of a pixel, at least 1
 * @param type of a sample
 * @param samples row by row, the channels of a pixel side by side, little-endian; shared, not
 *     copied
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record ImagePixels(int height, int width, int channels, ImageType type, byte[] samples) {
  /** Longer arrays do not exist in every Java. */
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;

  /** Checks that the samples fit the size. */
  public ImagePixels {
    if (height < 1
        || width < 1
        || samples.length != (long) height * width * channels * type.bytes()) {
      throw new IllegalArgumentException(
          "%d bytes for %d x %d pixels of %d samples %s"
              .formatted(samples.length, height, width, channels, type));
    }
  }

  /**
   * Returns room for the samples of an image.
   *
   * @throws IOException if they do not fit one array
   */
  public static byte[] room(int height, int width, int channels, ImageType type)
      throws IOException {
    long bytes = (long) height * width * channels * type.bytes();
    if (bytes > MAX_ARRAY) {
      throw new IOException(
          "%d x %d pixels of %d samples %s, more than 2 GB; cut the image into parts"
              .formatted(height, width, channels, type));
    }
    return new byte[(int) bytes];
  }

  /** Returns {@code 3 channels of UINT8}. */
  public String form() {
    return "%d channel%s of %s".formatted(channels, channels == 1 ? "" : "s", type);
  }

  /**
   * Returns the image as gray (1), RGB (3) or RGBA (4). Gray becomes three equal channels, alpha is
   * left out or opaque, and colours become gray as Pillow weighs them.
   *
   * @throws IOException if that cannot be done
   */
  public ImagePixels as(int wanted) throws IOException {
    if (wanted == channels) {
      return this;
    }
    boolean known = type == ImageType.UINT8 || type == ImageType.UINT16;
    if (!known || channels > 4) {
      throw new IOException(
          "it has %s, and only images of 1 to 4 of UINT8 or UINT16 become gray, RGB or RGBA"
              .formatted(form()));
    }
    byte[] out = room(height, width, wanted, type);
    int pixels = height * width;
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < wanted; c++) {
        set(out, i * wanted + c, sample(i, c, wanted));
      }
    }
    return new ImagePixels(height, width, wanted, type, out);
  }

  /** Sample {@code c} of {@code wanted} that a pixel has. */
  private int sample(int pixel, int c, int wanted) {
    boolean color = channels >= 3;
    if (c == 3) {
      boolean alpha = channels == 2 || channels == 4;
      return alpha ? get(pixel, channels - 1) : type == ImageType.UINT8 ? 0xFF : 0xFFFF;
    }
    if (wanted == 1 && color) {
      long sum = 19_595L * get(pixel, 0) + 38_470L * get(pixel, 1) + 7_471L * get(pixel, 2);
      return (int) ((sum + 0x8000) >>> 16);
    }
    return get(pixel, color ? c : 0);
  }

  private int get(int pixel, int c) {
    int at = pixel * channels + c;
    return type == ImageType.UINT8
        ? samples[at] & 0xFF
        : (samples[2 * at] & 0xFF) | (samples[2 * at + 1] & 0xFF) << 8;
  }

  private void set(byte[] out, int at, int value) {
    if (type == ImageType.UINT8) {
      out[at] = (byte) value;
    } else {
      out[2 * at] = (byte) value;
      out[2 * at + 1] = (byte) (value >>> 8);
    }
  }
}
