package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The fax methods of TIFF (modified Huffman runs, Group 3 and Group 4), decoded by the JDK: each
 * strip is handed to it as a TIFF file of its own that has no other tags.
 */
final class TiffFax {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int DIRECTORY = 8;
  private static final int ENTRIES = 12;

  /** Zeros behind the data: the reader looks ahead, by up to two bytes, past the last code. */
  private static final int PADDING = 4;

  private static final int DATA = DIRECTORY + 2 + 12 * ENTRIES + 4;

  private TiffFax() {}

  /**
   * Returns the rows of a strip, a bit a pixel, 0 for the colour of white paper.
   *
   * @throws IOException if its data is damaged or ends early
   */
  static byte[] decode(int compression, long options, byte[] data, int width, int rows)
      throws IOException {
    PixelValues values = read(file(compression, (int) options, data, width, rows));
    if (values instanceof PixelValues.Bits bits) {
      return bits.rows();
    }
    throw new IOException("Java's reader gives a fax image of another depth than one bit");
  }

  /**
   * JDK 25 has too little room for a row of one dimension that alternates all along, from black.
   */
  private static PixelValues read(byte[] file) throws IOException {
    try {
      return RasterValues.band(Plugin.TIFF.read(file).getRaster(), 0);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IOException(
          "corrupt image data, or a row of which Java's fax reader is not capable; save it with"
              + " Group 4, deflate or LZW",
          e);
    }
  }

  private static byte[] file(int compression, int options, byte[] data, int width, int rows) {
    ByteBuffer out = ByteBuffer.allocate(DATA + data.length + PADDING);
    out.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(DIRECTORY);
    out.putShort((short) ENTRIES);
    entry(out, 256, LONG, width);
    entry(out, 257, LONG, rows);
    entry(out, 258, SHORT, 1 << 16);
    entry(out, 259, SHORT, compression << 16);
    // Black is zero: with white as zero, the reader would turn the bits round.
    entry(out, 262, SHORT, 1 << 16);
    entry(out, 266, SHORT, 1 << 16);
    entry(out, 273, LONG, DATA);
    entry(out, 277, SHORT, 1 << 16);
    entry(out, 278, LONG, rows);
    entry(out, 279, LONG, data.length + PADDING);
    entry(out, 292, LONG, compression == 3 ? options : 0);
    entry(out, 293, LONG, compression == 4 ? options : 0);
    return out.putInt(0).put(data).array();
  }

  /** A value of two bytes is in the high half of the four. */
  private static void entry(ByteBuffer out, int tag, int type, int value) {
    out.putShort((short) tag).putShort((short) type).putInt(1).putInt(value);
  }
}
