package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PackedMask;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Encodes a mask as a bilevel TIFF (TIFF 6.0, sections 2, 3 and 11) of one strip, compressed as
 * CCITT Group 4: what scanners and document tools write, and less than half the size of deflate.
 * Foreground is white.
 */
public final class BitTiff {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIO = 5;
  private static final int HEADER = 8;
  private static final int ENTRIES = 13;
  private static final int DIRECTORY_BYTES = 2 + 12 * ENTRIES + 4;
  private static final int RESOLUTION = HEADER + DIRECTORY_BYTES;
  private static final int DATA = RESOLUTION + 8;

  private BitTiff() {}

  /**
   * Returns the whole file. Any thread may call it.
   *
   * @throws IllegalArgumentException if the mask is too large for one array
   */
  public static byte[] encode(PackedMask mask) {
    byte[] lines = Scanlines.of(mask, 0);
    byte[] strip = Group4Encoder.encode(lines, mask.height(), mask.width());
    byte[] file = new byte[Math.addExact(DATA, strip.length)];
    ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(HEADER);
    directory(out, mask, strip.length);
    // One pixel for each of no unit: readers expect a resolution.
    out.putInt(1).putInt(1).put(strip);
    return file;
  }

  private static void directory(ByteBuffer out, PackedMask mask, int stripBytes) {
    out.putShort((short) ENTRIES);
    entry(out, 256, LONG, mask.width());
    entry(out, 257, LONG, mask.height());
    entry(out, 258, SHORT, 1); // bits a sample
    entry(out, 259, SHORT, 4); // Group 4
    entry(out, 262, SHORT, 1); // black is zero
    entry(out, 273, LONG, DATA);
    entry(out, 277, SHORT, 1); // samples a pixel
    entry(out, 278, LONG, mask.height()); // rows a strip
    entry(out, 279, LONG, stripBytes);
    entry(out, 282, RATIO, RESOLUTION);
    entry(out, 283, RATIO, RESOLUTION);
    entry(out, 293, LONG, 0); // no uncompressed parts
    entry(out, 296, SHORT, 1); // resolution without a unit
    out.putInt(0);
  }

  private static void entry(ByteBuffer out, int tag, int type, int value) {
    out.putShort((short) tag).putShort((short) type).putInt(1).putInt(value);
  }
}
