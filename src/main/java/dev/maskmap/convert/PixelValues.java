package dev.maskmap.convert;

/**
 * One value for each pixel of an image, row by row from the top left. Two widths, because a mask of
 * at most 8 bits a pixel is what people have, and four bytes a pixel would be four times its size.
 */
public sealed interface PixelValues {

  /** Returns the number of pixels. */
  int length();

  /** Returns the value of pixel {@code index}, never negative. */
  int at(int index);

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
    public int at(int index) {
      return bytes[index] & 0xFF;
    }
  }

  /**
   * Values beyond a byte: 16-bit samples and colours.
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
    public int at(int index) {
      return ints[index];
    }
  }
}
