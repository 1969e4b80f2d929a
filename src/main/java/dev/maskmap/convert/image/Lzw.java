package dev.maskmap.convert.image;

import java.io.IOException;

/**
 * LZW as TIFF and GIF have it (TIFF 6.0, section 13; GIF89a, appendix F). TIFF fills bytes from the
 * high bits down and lengthens its codes one code earlier than the table would need; GIF fills them
 * from the low bits up.
 */
final class Lzw {
  private static final int TABLE = 4096;

  /** More bytes than a byte of codes can stand for. */
  static final int MAX_RATIO = TABLE;

  private final byte[] data;
  private final byte[] out;
  private final int clear;
  private final boolean tiff;
  private final short[] prefix = new short[TABLE];
  private final byte[] last = new byte[TABLE];
  private final short[] length = new short[TABLE];
  private long bit;
  private int to;
  private int next;

  private Lzw(byte[] data, int expected, int literals, boolean tiff) {
    this.data = data;
    this.out = new byte[expected];
    this.clear = literals;
    this.tiff = tiff;
    this.next = literals + 2;
    for (int i = 0; i < literals; i++) {
      last[i] = (byte) i;
      length[i] = 1;
    }
  }

  /**
   * Returns the first {@code expected} bytes of a strip or tile.
   *
   * @throws IOException if there are fewer, or a code that means nothing
   */
  static byte[] tiff(byte[] data, int expected) throws IOException {
    return new Lzw(data, expected, 256, true).run();
  }

  /**
   * Returns the first {@code expected} indexes of a GIF image of {@code 1 << bits} colours.
   *
   * @throws IOException if there are fewer, or a code that means nothing
   */
  static byte[] gif(byte[] data, int bits, int expected) throws IOException {
    return new Lzw(data, expected, 1 << bits, false).run();
  }

  private byte[] run() throws IOException {
    int previous = clear;
    for (int code = code(); code != end() && to < out.length; code = code()) {
      if (code == clear) {
        next = clear + 2;
      } else if (previous == clear) {
        check(code, clear);
        write(code);
      } else {
        check(code, Math.min(next + 1, TABLE));
        follow(previous, code);
      }
      previous = code;
    }
    if (to < out.length) {
      throw new IOException(
          "corrupt image data: LZW codes of %d bytes of pixels, expected %d"
              .formatted(to, out.length));
    }
    return out;
  }

  private int end() {
    return clear + 1;
  }

  private static void check(int code, int bound) throws IOException {
    if (code >= bound) {
      throw new IOException(
          "corrupt image data: LZW code %d, expected less than %d".formatted(code, bound));
    }
  }

  /** Writes the string of {@code code}, and enters the one before it with its first byte. */
  private void follow(int previous, int code) {
    int start = to;
    if (code == next) {
      // Not in the table yet: the string before it, and that one's first byte again.
      write(previous);
      if (to < out.length) {
        out[to++] = out[start];
      }
    } else {
      write(code);
    }
    if (next < TABLE && start < out.length) {
      prefix[next] = (short) previous;
      last[next] = out[start];
      length[next] = (short) (length[previous] + 1);
      next++;
    }
  }

  /** Writes a string from its last byte to its first; what does not fit any more is dropped. */
  private void write(int code) {
    int end = to + length[code];
    int at = end;
    for (int c = code; at > to; c = prefix[c]) {
      at--;
      if (at < out.length) {
        out[at] = last[c];
      }
    }
    to = Math.min(end, out.length);
  }

  /** Returns the next code, or {@link #end} where the data ends. */
  private int code() {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(tiff ? next + 1 : next);
    int width = Math.min(bits, 12);
    if (bit + width > 8L * data.length) {
      return end();
    }
    int code = 0;
    for (int done = 0; done < width; ) {
      int offset = (int) (bit & 7);
      int take = Math.min(width - done, 8 - offset);
      int shift = tiff ? 8 - offset - take : offset;
      int part = (data[(int) (bit >> 3)] & 0xFF) >> shift & ((1 << take) - 1);
      code = tiff ? code << take | part : code | part << done;
      bit += take;
      done += take;
    }
    return code;
  }
}
