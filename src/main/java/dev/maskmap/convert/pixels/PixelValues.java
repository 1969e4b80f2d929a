package dev.maskmap.convert.pixels;

/**
 * One value for each pixel of an image, row by row from the top left. Several widths, because a
 * mask of 1 or 8 bits a pixel is what people have, and eight bytes a pixel would be up to 64 times
 * its size.
 */
public sealed interface PixelValues {

  /** Returns the number of pixels. */
  int length();

  /** Returns the value of pixel {@code index}. */
  double at(int index);

  /**
   * Values of 0 and 1, eight a byte along the rows, the leftmost in the most significant bit. Each
   * row begins with a new byte; bits past the width have no meaning.
   *
   * @param rows {@code height * ceil(width / 8)} bytes; shared, not copied
   * @param height rows of pixels
   * @param width pixels in a row
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Bits(byte[] rows, int height, int width) implements PixelValues {
    @Override
    public int length() {
      return height * width;
    }

    @Override
    public double at(int index) {
      int x = index % width;
      int row = index / width * ((width + 7) / 8);
      return rows[row + x / 8] >> (7 - x % 8) & 1;
    }
  }

  /**
   * Values of 0 to 255.
   *
   * @param bytes one unsigned byte a pixel; shared, not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Narrow(byte[] bytes) implements PixelValues {
    @Override
    public int length() {
      return bytes.length;
    }

    @Override
    public double at(int index) {
      return bytes[index] & 0xFF;
    }
  }

  /**
   * Values beyond a byte, never negative: 16-bit samples and colours.
   *
   * @param ints one value a pixel; shared, not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Wide(int[] ints) implements PixelValues {
    @Override
    public int length() {
      return ints.length;
    }

    @Override
    public double at(int index) {
      return ints[index];
    }
  }

  /**
   * Numbers of any sign, whole or not; no {@code NaN}.
   *
   * @param numbers one value a pixel; shared, not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Reals(double[] numbers) implements PixelValues {
    @Override
    public int length() {
      return numbers.length;
    }

    @Override
    public double at(int index) {
      return numbers[index];
    }
  }
}
