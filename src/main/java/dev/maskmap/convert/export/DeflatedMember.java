package dev.maskmap.convert.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One member of a zip file, deflated.
 *
 * @param name its name in UTF-8
 * @param data deflate data without the zlib frame
 * @param crc CRC-32 of what was deflated
 * @param size bytes of what was deflated
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record DeflatedMember(byte[] name, byte[] data, int crc, int size) {

  /**
   * Deflates {@code content}.
   *
   * @throws ClosedByInterruptException if the thread is interrupted: noise at a byte a pixel takes
   *     seconds, where a mask takes milliseconds
   */
  static DeflatedMember deflate(String name, byte[] content, int level)
      throws ClosedByInterruptException {
    CRC32 crc = new CRC32();
    crc.update(content);
    Deflater deflater = new Deflater(level, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream data = new ByteArrayOutputStream(1 << 13);
      byte[] block = new byte[1 << 13];
      while (!deflater.finished()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new ClosedByInterruptException();
        }
        data.write(block, 0, deflater.deflate(block));
      }
      return new DeflatedMember(
          name.getBytes(UTF_8), data.toByteArray(), (int) crc.getValue(), content.length);
    } finally {
      deflater.end();
    }
  }
}
