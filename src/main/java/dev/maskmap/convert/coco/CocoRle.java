package dev.maskmap.convert.coco;

import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;

/**
 * COCO's run-length encoding of a mask: lengths of runs of background and foreground in turn, down
 * the columns, beginning with background. Either a list of numbers or a text. In the text each
 * length is a signed number of 5-bit digits, the lowest first, one character a digit: 48 + digit,
 * plus 32 if another digit follows; from the fourth on, what is written is the difference to the
 * length two before. Read from the functions {@code rleToString} and {@code rleFrString} of the
 * COCO API ({@code common/maskApi.c} in github.com/cocodataset/cocoapi); the code here is our own.
 * Stateless.
 */
public final class CocoRle {
  private static final int FIRST_CHARACTER = 48;
  private static final int CONTINUES = 0x20;
  private static final int NEGATIVE = 0x10;
  private static final int DIGIT_BITS = 5;

  /** Seven digits hold every difference of two lengths below 2^31. */
  private static final int MAX_DIGITS = 7;

  private CocoRle() {}

  /**
   * Decodes the text form.
   *
   * @param counts the text, as a JSON reader gives it (a backslash is one character)
   * @param height rows of pixels, at least 1
   * @param width pixels in a row, at least 1; at most 2^31 - 1 pixels in all
   * @throws IOException if it is cut short, has a character that is none of the 64, a negative
   *     length, or if its lengths do not sum to {@code height * width}
   */
  public static PackedMask decode(String counts, int height, int width) throws IOException {
    RunDecoder runs = new RunDecoder(height, width);
    decode(counts, runs);
    return runs.mask();
  }

  /** Gives the lengths of the text form to {@code runs}. */
  static void decode(String counts, RunDecoder runs) throws IOException {
    long before = 0;
    long last = 0;
    int at = 0;
    for (int run = 0; at < counts.length(); run++) {
      int end = end(counts, at);
      long value = number(counts, at, end);
      long length = run > 2 ? value + before : value;
      runs.add(length);
      before = last;
      last = length;
      at = end;
    }
  }

  /**
   * Decodes the list form.
   *
   * @param counts lengths of the runs
   * @param height rows of pixels, at least 1
   * @param width pixels in a row, at least 1; at most 2^31 - 1 pixels in all
   * @throws IOException if a length is negative, or if they do not sum to {@code height * width}
   */
  public static PackedMask decode(long[] counts, int height, int width) throws IOException {
    RunDecoder runs = new RunDecoder(height, width);
    for (long length : counts) {
      runs.add(length);
    }
    return runs.mask();
  }

  /** Returns the text form, character for character what the COCO API writes. */
  public static String encode(PackedMask mask) {
    StringBuilder text = new StringBuilder();
    long[] lengths = new long[3];
    int[] runs = {0};
    Runs.each(
        mask.rows(),
        mask.height(),
        mask.width(),
        length -> {
          int run = runs[0]++;
          // A ring of three: the place of run - 2 is that of run + 1.
          append(text, run > 2 ? length - lengths[(run + 1) % 3] : length);
          lengths[run % 3] = length;
        });
    return text.toString();
  }

  private static int end(String counts, int start) throws IOException {
    int at = start;
    while (at < counts.length() && (digit(counts, at) & CONTINUES) != 0) {
      at++;
    }
    if (at == counts.length()) {
      throw new IOException(
          "the text of its counts ends within a number: it was cut after %d characters"
              .formatted(at));
    }
    return at + 1;
  }

  private static long number(String counts, int start, int end) throws IOException {
    if (end - start > MAX_DIGITS) {
      throw new IOException(
          "the number at character %d of its counts has %d digits: at most %d occur"
              .formatted(start, end - start, MAX_DIGITS));
    }
    long value = 0;
    for (int at = end - 1; at >= start; at--) {
      value = (value << DIGIT_BITS) + (digit(counts, at) & (CONTINUES - 1));
    }
    boolean negative = (digit(counts, end - 1) & NEGATIVE) != 0;
    return negative ? value - (1L << (DIGIT_BITS * (end - start))) : value;
  }

  private static int digit(String counts, int at) throws IOException {
    int digit = counts.charAt(at) - FIRST_CHARACTER;
    if (digit < 0 || digit > 63) {
      throw new IOException(
          "character %d of its counts is U+%04X: expected '0' (U+0030) to 'o' (U+006F)"
              .formatted(at, (int) counts.charAt(at)));
    }
    return digit;
  }

  private static void append(StringBuilder text, long value) {
    long rest = value;
    boolean more;
    do {
      int digit = (int) (rest & (CONTINUES - 1));
      rest >>= DIGIT_BITS;
      // The sign of the last digit must be that of the number.
      more = (digit & NEGATIVE) != 0 ? rest != -1 : rest != 0;
      text.append((char) (FIRST_CHARACTER + (more ? digit | CONTINUES : digit)));
    } while (more);
  }
}
