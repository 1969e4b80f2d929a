package dev.maskmap.convert.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses one strip or tile of a TIFF file (TIFF 6.0, sections 9 to 14; deflate by the
 * technical notes on PageMaker).
 *
 * @param compression the number of the method
 * @param faxOptions of the fax methods: two dimensions, alignment
 * @param predictor 2 where each sample is stored as the difference from the one to its left
 * @param sampleBits bits of a sample
 * @param pixelSamples samples from one to the next of the same kind
 * @param order of samples of several bytes
 */
record TiffCodec(
    int compression,
    long faxOptions,
    int predictor,
    int sampleBits,
    int pixelSamples,
    ByteOrder order) {
  private static final int NONE = 1;
  private static final int FAX_RUNS = 2;
  private static final int FAX_GROUP_3 = 3;
  private static final int FAX_GROUP_4 = 4;
  private static final int LZW = 5;
  private static final int DEFLATE = 8;
  private static final int OLD_DEFLATE = 32_946;
  private static final int PACK_BITS = 32_773;

  /**
   * Reads what a directory says.
   *
   * @throws IOException if the compression is not one that is read
   */
  static TiffCodec of(TiffDirectory tags, TiffLayout layout, ByteOrder order) throws IOException {
    int compression = (int) tags.number(259, NONE);
    boolean differences = compression == LZW || deflated(compression);
    TiffCodec codec =
        new TiffCodec(
            compression,
            tags.number(compression == FAX_GROUP_4 ? 293 : 292, 0),
            differences ? (int) tags.number(317, 1) : 1,
            layout.bits(),
            layout.planeSamples(),
            order);
    codec.check();
    return codec;
  }

  private static boolean deflated(int compression) {
    return compression == DEFLATE || compression == OLD_DEFLATE;
  }

  private void check() throws IOException {
    boolean known =
        (compression >= NONE && compression <= LZW)
            || deflated(compression)
            || compression == PACK_BITS;
    if (!known) {
      throw new IOException(
          "a TIFF of compression %d%s, which is not read; save it with deflate or LZW, or as PNG"
              .formatted(compression, compression == 6 || compression == 7 ? " (JPEG)" : ""));
    }
    if (fax() && (sampleBits != 1 || pixelSamples != 1)) {
      throw new IOException("corrupt TIFF: fax compression of more than one bit a pixel");
    }
    boolean bytes = sampleBits == 8 || sampleBits == 16 || sampleBits == 32;
    if (predictor != 1 && (predictor != 2 || !bytes)) {
      throw new IOException(
          "a TIFF of predictor %d with %d-bit samples, which is not read; save it without"
              .formatted(predictor, sampleBits));
    }
  }

  private boolean fax() {
    return compression >= FAX_RUNS && compression <= FAX_GROUP_4;
  }

  boolean compressed() {
    return compression != NONE;
  }

  /** Returns how many bytes of pixels a byte of data can hold at best. */
  long maxRatio() {
    return switch (compression) {
      case NONE -> 1;
      case PACK_BITS -> 64;
      // Deflate reaches a quarter of that.
      case LZW, DEFLATE, OLD_DEFLATE -> Lzw.MAX_RATIO;
      // Group 4: a bit repeats a row, whatever its length.
      default -> Integer.MAX_VALUE;
    };
  }

  /**
   * Returns the {@code expected} bytes of a chunk; what a writer appended to them is dropped.
   *
   * @throws IOException if there are fewer, or they are damaged
   */
  byte[] decode(byte[] data, int width, int rows, int expected) throws IOException {
    byte[] out =
        switch (compression) {
          case NONE -> stored(data, expected);
          case LZW -> Lzw.tiff(data, expected);
          case PACK_BITS -> packBits(data, expected);
          case FAX_RUNS, FAX_GROUP_3, FAX_GROUP_4 ->
              TiffFax.decode(compression, faxOptions, data, width, rows);
          default -> inflate(data, expected);
        };
    if (predictor == 2) {
      undoDifferences(out, out.length / rows);
    }
    return out;
  }

  private static byte[] stored(byte[] data, int expected) throws IOException {
    require(data.length, expected);
    return data.length == expected ? data : Arrays.copyOf(data, expected);
  }

  private static void require(int found, int expected) throws IOException {
    if (found < expected) {
      throw new IOException(
          "truncated or corrupt TIFF: a strip or tile of %d bytes, expected %d"
              .formatted(found, expected));
    }
  }

  private static byte[] inflate(byte[] data, int expected) throws IOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      byte[] out = new byte[expected];
      require(inflater.inflate(out), expected);
      // Reach the checksum, unless the writer filled the last strip up with more rows.
      if (inflater.inflate(new byte[1]) == 0 && !inflater.finished()) {
        throw new IOException("truncated or corrupt TIFF: a strip or tile without its end");
      }
      return out;
    } catch (DataFormatException e) {
      throw new IOException("corrupt image data: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] packBits(byte[] data, int expected) throws IOException {
    byte[] out = new byte[expected];
    int to = 0;
    int at = 0;
    while (to < expected && at < data.length - 1) {
      int count = data[at++];
      if (count >= 0) {
        int length = Math.min(Math.min(count + 1, data.length - at), expected - to);
        System.arraycopy(data, at, out, to, length);
        at += count + 1;
        to += length;
      } else if (count != -128) {
        int end = Math.min(to + 1 - count, expected);
        Arrays.fill(out, to, end, data[at++]);
        to = end;
      }
    }
    require(to, expected);
    return out;
  }

  private void undoDifferences(byte[] out, int rowBytes) {
    ByteBuffer bytes = ByteBuffer.wrap(out).order(order);
    int sampleBytes = sampleBits / 8;
    int step = pixelSamples * sampleBytes;
    for (int row = 0; row < out.length; row += rowBytes) {
      for (int at = row + step; at <= row + rowBytes - sampleBytes; at += sampleBytes) {
        switch (sampleBytes) {
          case 1 -> out[at] += out[at - step];
          case 2 -> bytes.putShort(at, (short) (bytes.getShort(at) + bytes.getShort(at - step)));
          default -> bytes.putInt(at, bytes.getInt(at) + bytes.getInt(at - step));
        }
      }
    }
  }
}
