package dev.maskmap.internal.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hand-made files, whole and broken. */
final class NpyFiles {
  private NpyFiles() {}

  /** A file of the given version with this text as its header and no data. */
  static byte[] file(int major, String text) {
    byte[] body = text.getBytes(major == 3 ? UTF_8 : ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate((major == 1 ? 10 : 12) + body.length);
    file.order(ByteOrder.LITTLE_ENDIAN).put(HeaderReader.magic());
    file.put((byte) major).put((byte) 0);
    if (major == 1) {
      file.putShort((short) body.length);
    } else {
      file.putInt(body.length);
    }
    return file.put(body).array();
  }

  static NpyHeader parse(byte[] content) throws IOException {
    Path file = Files.createTempFile("header", ".npy");
    try {
      Files.write(file, content);
      return NpyHeader.read(file);
    } finally {
      Files.delete(file);
    }
  }

  static NpyHeader parse(String text) throws IOException {
    return parse(file(1, text));
  }

  /** The message without the file's name in front. */
  static String error(byte[] content) {
    String message = assertThrows(NpyFormatException.class, () -> parse(content)).getMessage();
    return message.substring(message.indexOf(".npy: ") + ".npy: ".length());
  }

  static String error(String text) {
    return error(file(1, text));
  }
}
