package dev.maskmap.convert.image;

import java.io.IOException;

/**
 * LZW as TIFF has it (TIFF 6.0, section 13): codes from the high bits down, one bit longer a code
 * earlier than the table would need.
 */
final class TiffLzw {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST_FREE = 258;
  private static final int TABLE = 4096;

  private final byte[] data;
  private final byte[] out;
  private final short[] prefix = new short[TABLE];
  private final byte[] last = new byte[TABLE];
  private final short[] length = new short[TABLE];
  private long bit;
  private int to;
  private int next = FIRST_FREE;

  private TiffLzw(byte[] data, int expected) {
    this.data = data;
    this.out = new byte[expected];
    for (int i = 0; i < CLEAR; i++) {
      last[i] = (byte) i;
      length[i] = 1;
    }
  }

  /**
   * Returns the first {@code expected} bytes.
   *
   * @throws IOException if there are fewer, or a code that means nothing
   */
  static byte[] decode(byte[] data, int expected) throws IOException {
    TiffLzw lzw = new TiffLzw(data, expected);
    lzw.run();
    TiffCodec.require(lzw.to, expected);
    return lzw.out;
  }

  private void run() throws IOException {
    int previous = CLEAR;
    for (int code = code(); code != END && to < out.length; code = code()) {
      if (code == CLEAR) {
        next = FIRST_FREE;
      } else if (previous == CLEAR) {
        check(code, CLEAR);
        write(code);
      } else {
        check(code, Math.min(next + 1, TABLE));
        follow(previous, code);
      }
      previous = code;
    }
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

  /** Returns the next code, or {@link #END} where the data ends. */
  private int code() {
    int width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
    if (bit + width > 8L * data.length) {
      return END;
    }
    int code = 0;
    for (int left = width; left > 0; ) {
      int take = Math.min(left, 8 - (int) (bit & 7));
      int part = (data[(int) (bit >> 3)] & 0xFF) >> (8 - (int) (bit & 7) - take);
      code = code << take | (part & ((1 << take) - 1));
      bit += take;
      left -= take;
    }
    return code;
  }
}
