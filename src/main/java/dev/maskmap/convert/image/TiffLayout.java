package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelLimit;
import java.io.IOException;
import java.util.Arrays;

/**
 * How the pixels of a TIFF page are stored (TIFF 6.0, sections 3 to 8).
 *
 * @param height rows of pixels
 * @param width pixels in a row
 * @param bits of each sample
 * @param format 1 unsigned, 2 signed, 3 floating point
 * @param samples of a pixel, alpha included
 * @param photometric what a sample means
 * @param alpha which sample is alpha, or -1
 */
record TiffLayout(
    int height, int width, int bits, int format, int samples, int photometric, int alpha) {
  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  static final int PALETTE = 3;

  private static final int UNSIGNED = 1;
  static final int SIGNED = 2;
  static final int FLOAT = 3;

  /**
   * Reads what a directory says.
   *
   * @throws IOException if it is of a kind that is not read, corrupt, or too large
   */
  static TiffLayout of(TiffDirectory tags) throws IOException {
    int samples = (int) Math.min(tags.number(277, 1), 5);
    int photometric = (int) tags.number(262, BLACK_IS_ZERO);
    TiffLayout layout =
        new TiffLayout(
            tags.size(257),
            tags.size(256),
            same(tags, 258, samples, 1),
            same(tags, 339, samples, UNSIGNED),
            samples,
            photometric,
            alpha(tags, samples, photometric));
    PixelLimit.check(layout.height, layout.width);
    layout.checkKind();
    return layout;
  }

  private static int same(TiffDirectory tags, int tag, int samples, int fallback)
      throws IOException {
    if (!tags.has(tag)) {
      return fallback;
    }
    long first = tags.number(tag, fallback);
    // Some writers give one number for all samples.
    if (samples > 1 && samples < 5 && tags.hasAtLeast(tag, samples)) {
      long[] all = tags.numbers(tag, samples);
      if (Arrays.stream(all).anyMatch(value -> value != first)) {
        throw new IOException("a TIFF of samples of different kinds, which is not read");
      }
    }
    return Math.clamp(first, 0, 1 << 10);
  }

  /** Section 18: 1 and 2 are alpha. Colours with a fourth sample of no name have alpha, too. */
  private static int alpha(TiffDirectory tags, int samples, int photometric) throws IOException {
    int base = photometric == RGB ? 3 : 1;
    long kind = tags.number(338, photometric == RGB ? 2 : 0);
    return samples > base && (kind == 1 || kind == 2) ? base : -1;
  }

  private void checkKind() throws IOException {
    if (photometric > PALETTE || photometric < 0) {
      throw new IOException(
          "a TIFF of colour space %d (YCbCr, CMYK or another), which is not read; save it as RGB or"
                  .formatted(photometric)
              + " gray");
    }
    boolean small = bits == 1 || bits == 2 || bits == 4 || bits == 8;
    boolean color = photometric == RGB || samples > 1;
    boolean known =
        switch (format) {
          case UNSIGNED -> small || bits == 16 || bits == 32;
          case SIGNED -> bits == 8 || bits == 16 || bits == 32;
          case FLOAT -> bits == 32 || bits == 64;
          default -> false;
        };
    boolean unfit = (color && bits != 8 && bits != 16) || (photometric == PALETTE && !small);
    if (!known || unfit || ((color || photometric == PALETTE) && format != UNSIGNED)) {
      throw new IOException(
          "a TIFF of %d-bit samples of format %d, which is not read; save it as 8 or 16 bits"
              .formatted(bits, format));
    }
    checkSamples();
  }

  private void checkSamples() throws IOException {
    int base = photometric == RGB ? 3 : 1;
    if (samples < base || samples > base + 1 || (photometric == WHITE_IS_ZERO && samples > 1)) {
      throw new IOException(
          "a TIFF of %s samples a pixel, expected %d, or one more for alpha"
              .formatted(samples > 4 ? "more than 4" : samples, base));
    }
  }

  /** Says whether samples are unsigned and of at most 16 bits: gray, indexes, colours. */
  boolean plain() {
    return format == UNSIGNED && bits <= 16;
  }
}
