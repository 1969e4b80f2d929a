package dev.maskmap.internal.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads magic, version and length, then hands the literal to {@link HeaderParser}. */
final class HeaderReader {
  static final int MAGIC_BYTES = 6;

  /** NumPy's longest are some kilobytes; a corrupt length must not allocate gigabytes. */
  static final int MAX_HEADER_BYTES = 1 << 20;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  // Magic, version and the longer length field; also enough to tell foreign files apart.
  private static final int PREFIX_BYTES = 24;

  private final NpyBytes bytes;
  private final Object file;

  HeaderReader(NpyBytes bytes, Object file) {
    this.bytes = bytes;
    this.file = file;
  }

  static byte[] magic() {
    return MAGIC.clone();
  }

  NpyHeader read() throws IOException {
    byte[] prefix = bytes.upTo(0, PREFIX_BYTES);
    requireMagic(prefix);
    requireBytes(prefix.length, MAGIC_BYTES + 2);
    int major = requireVersion(prefix);
    int textOffset = MAGIC_BYTES + 2 + (major == 1 ? Short.BYTES : Integer.BYTES);
    requireBytes(prefix.length, textOffset);
    int length = requireLength(prefix, major);
    byte[] text = bytes.upTo(textOffset, length);
    requireBytes(textOffset + (long) text.length, textOffset + (long) length);
    Charset charset = major == 3 ? UTF_8 : ISO_8859_1;
    return new HeaderParser(file, text, textOffset, charset).parse();
  }

  private void requireMagic(byte[] prefix) throws NpyFormatException {
    int length = Math.min(prefix.length, MAGIC_BYTES);
    if (length > 0 && Arrays.equals(prefix, 0, length, MAGIC, 0, length)) {
      return;
    }
    String head = new String(prefix, ISO_8859_1);
    String found = "the bytes " + HexFormat.ofDelimiter(" ").formatHex(prefix, 0, length);
    String remedy = "";
    if (length == 0) {
      found = "an empty file";
    } else if (head.startsWith("PK\3\4") || head.startsWith("PK\5\6")) {
      found = "a zip archive, as .npz files are";
      remedy = "unpack it and give one of the .npy files inside";
    } else if (head.startsWith("version https://git-lfs")) {
      found = "a Git LFS pointer in place of the file";
      remedy = "fetch the file itself with 'git lfs pull'";
    }
    throw new NpyFormatException(
        file, 0, found, "a NPY file, which begins with 93 4e 55 4d 50 59 (\\x93NUMPY)", remedy);
  }

  private int requireVersion(byte[] prefix) throws NpyFormatException {
    int major = Byte.toUnsignedInt(prefix[MAGIC_BYTES]);
    int minor = Byte.toUnsignedInt(prefix[MAGIC_BYTES + 1]);
    if (major < 1 || major > 3 || minor != 0) {
      throw new NpyFormatException(
          file,
          MAGIC_BYTES,
          "NPY version " + major + "." + minor,
          "version 1.0, 2.0 or 3.0",
          "save the array again with numpy.save");
    }
    return major;
  }

  private int requireLength(byte[] prefix, int major) throws NpyFormatException {
    ByteBuffer buffer = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN);
    int offset = MAGIC_BYTES + 2;
    long length =
        major == 1
            ? Short.toUnsignedLong(buffer.getShort(offset))
            : Integer.toUnsignedLong(buffer.getInt(offset));
    if (length > MAX_HEADER_BYTES) {
      throw new NpyFormatException(
          file,
          offset,
          "a header of " + length + " bytes",
          "at most " + MAX_HEADER_BYTES,
          "the file is corrupt, or its type has too many fields");
    }
    return (int) length;
  }

  private void requireBytes(long found, long expected) throws NpyFormatException {
    if (found < expected) {
      throw new NpyFormatException(
          file,
          found,
          "the end of the file",
          "a header that ends at byte " + expected,
          "the file is cut short, copy or write it again");
    }
  }
}
