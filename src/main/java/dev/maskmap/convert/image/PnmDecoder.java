package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;

/**
 * PBM, PGM and PPM files, in digits or in bytes.
 *
 * <p>The bit 1 of a PBM is black ink. As in Pillow and NumPy, the value of a black pixel is 0 and
 * that of a white one is 1, so that a mask saved by Pillow comes back as it was. Samples of gray
 * are taken as they are, 0 to maxval; those of colours are stretched to 8 bits.
 */
final class PnmDecoder {
  private final byte[] file;
  private final PnmScanner in;
  private final PnmHeader header;

  private PnmDecoder(byte[] file) throws IOException {
    this.file = file;
    this.in = new PnmScanner(file);
    this.header = PnmHeader.read(in);
  }

  /**
   * Decodes a file.
   *
   * @throws IOException if it is truncated, corrupt or too large, goes on behind its image, or is
   *     asked for alpha
   */
  static DecodedImage decode(String origin, byte[] file, Channel channel) throws IOException {
    if (channel == Channel.ALPHA) {
      throw AlphaValues.missing();
    }
    PnmDecoder decoder = new PnmDecoder(file);
    PnmHeader header = decoder.header;
    PixelValues values = decoder.values();
    Kind kind = header.color() ? Kind.COLOR : Kind.GRAY;
    return new DecodedImage(origin, header.height(), header.width(), kind, values);
  }

  private PixelValues values() throws IOException {
    // Before anything is allocated: a header is easily written.
    int left = file.length - in.position();
    if (left < header.leastBytes()) {
      throw new IOException(
          "truncated PNM: %d bytes of pixels, where the %d x %d of its header need at least %d"
              .formatted(left, header.height(), header.width(), header.leastBytes()));
    }
    PixelValues values = header.bits() ? bits() : header.color() ? colors() : gray();
    in.end();
    return values;
  }

  private PixelValues bits() throws IOException {
    int rowBytes = (header.width() + 7) / 8;
    byte[] rows = new byte[header.height() * rowBytes];
    if (header.plain()) {
      plainBits(rows, rowBytes);
    } else {
      System.arraycopy(file, in.position(), rows, 0, rows.length);
      in.skip(rows.length);
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (byte) ~rows[i];
    }
    return new PixelValues.Bits(rows, header.height(), header.width());
  }

  private void plainBits(byte[] rows, int rowBytes) throws IOException {
    for (int y = 0; y < header.height(); y++) {
      for (int x = 0; x < header.width(); x++) {
        rows[y * rowBytes + x / 8] |= (byte) (in.bit() << (7 - x % 8));
      }
    }
  }

  private PixelValues gray() throws IOException {
    int[] wide = header.maxval() > 255 ? new int[(int) header.samples()] : new int[0];
    byte[] narrow = new byte[wide.length > 0 ? 0 : (int) header.samples()];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = sample();
    }
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (byte) sample();
    }
    return wide.length > 0 ? new PixelValues.Wide(wide) : new PixelValues.Narrow(narrow);
  }

  private PixelValues colors() throws IOException {
    int[] out = new int[header.height() * header.width()];
    for (int i = 0; i < out.length; i++) {
      out[i] = eightBits(sample()) << 16 | eightBits(sample()) << 8 | eightBits(sample());
    }
    return new PixelValues.Wide(out);
  }

  /** Stretches a sample to 255, rounded, though never to 0 where it is not 0. */
  private int eightBits(int sample) {
    int maxval = header.maxval();
    return Math.max((2 * 255 * sample + maxval) / (2 * maxval), Math.min(sample, 1));
  }

  private int sample() throws IOException {
    int value = header.plain() ? in.number("next pixel") : raw();
    if (value > header.maxval()) {
      throw new IOException(
          "corrupt PNM: a value of %d before byte %d, above its maxval of %d"
              .formatted(value, in.position(), header.maxval()));
    }
    return value;
  }

  private int raw() {
    int at = in.position();
    int high = file[at] & 0xFF;
    if (header.maxval() <= 255) {
      in.skip(1);
      return high;
    }
    in.skip(2);
    return high << 8 | (file[at + 1] & 0xFF);
  }
}
