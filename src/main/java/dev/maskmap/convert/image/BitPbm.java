package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.maskmap.convert.pixels.PackedMask;

/**
 * Encodes a mask as Netpbm's binary bitmap (P4, the manual page pbm(5)), foreground white: there a
 * set bit is black. Bits past the width have no meaning.
 */
public final class BitPbm {
  private BitPbm() {}

  /**
   * Returns the whole file.
   *
   * @throws IllegalArgumentException if the mask is too large for one array
   */
  public static byte[] encode(PackedMask mask) {
    byte[] header = "P4\n%d %d\n".formatted(mask.width(), mask.height()).getBytes(US_ASCII);
    byte[] lines = Scanlines.of(mask, 0);
    byte[] file = new byte[Math.addExact(header.length, lines.length)];
    System.arraycopy(header, 0, file, 0, header.length);
    for (int i = 0; i < lines.length; i++) {
      file[header.length + i] = (byte) ~lines[i];
    }
    return file;
  }
}
