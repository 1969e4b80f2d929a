package dev.maskmap.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Packed rows as runs of equal bytes: of n runs first the columns at which they end, each of two
 * bytes (four in masks wider than 65,535), then their n bytes. A row whose runs would not be
 * shorter is its plain bytes; so a length of the mask's width means plain.
 */
public final class Runs {
  private static final int WIDEST_OF_TWO_BYTES = 0xFFFF;

  /** Instead of a column or a run: the ends do not rise to the width. */
  public static final int DAMAGED = -2;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle ARRAY_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle ARRAY_SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private Runs() {}

  private static boolean hasShortEnds(int maskWidth) {
    return maskWidth <= WIDEST_OF_TWO_BYTES;
  }

  private static int runBytes(int maskWidth) {
    return hasShortEnds(maskWidth) ? Short.BYTES + 1 : Integer.BYTES + 1;
  }

  /** Whether a packed row can have so many bytes: whole runs, or its width. */
  public static boolean isLength(long length, int maskWidth) {
    return length == maskWidth || (length < maskWidth && length % runBytes(maskWidth) == 0);
  }

  /**
   * Whether runs are so small that they should be taken: under a quarter of the plain bytes, with
   * the places of the rows counted in.
   */
  public static boolean pay(long runBytes, long packedRows, long plainBytes) {
    return (double) runBytes + (double) Integer.BYTES * packedRows < 0.25 * plainBytes;
  }

  /** The bytes of a packed row as runs, or its width where it stays plain. */
  public static int length(byte[] packed, int from, int width) {
    int runs = 1;
    for (int c = from + 1; c < from + width; c++) {
      runs += packed[c] == packed[c - 1] ? 0 : 1;
    }
    return (int) Math.min((long) runs * runBytes(width), width);
  }

  /**
   * Writes a packed row as runs, or plain.
   *
   * @param out room for {@code width} bytes
   * @return bytes written
   */
  public static int encode(byte[] packed, int from, int width, byte[] out) {
    int length = length(packed, from, width);
    if (length == width) {
      System.arraycopy(packed, from, out, 0, width);
      return width;
    }
    boolean shortEnds = hasShortEnds(width);
    int value = length / runBytes(width) * (runBytes(width) - 1);
    int end = 0;
    for (int c = 1; c <= width; c++) {
      if (c == width || packed[from + c] != packed[from + c - 1]) {
        if (shortEnds) {
          ARRAY_SHORT.set(out, end, (short) c);
          end += Short.BYTES;
        } else {
          ARRAY_INT.set(out, end, c);
          end += Integer.BYTES;
        }
        out[value++] = packed[from + c - 1];
      }
    }
    return length;
  }

  /**
   * Writes a packed row from its runs or its plain bytes.
   *
   * @return whether they are what {@link #encode} makes of that row
   */
  public static boolean decode(byte[] coded, int from, int length, int width, byte[] out, int to) {
    if (length == width) {
      System.arraycopy(coded, from, out, to, width);
      return length(out, to, width) == width;
    }
    int runBytes = runBytes(width);
    int n = length / runBytes;
    if (length < 1 || length > width || n * runBytes != length) {
      return false;
    }
    int start = 0;
    for (int t = 0; t < n; t++) {
      int end =
          runBytes == Short.BYTES + 1
              ? (short) ARRAY_SHORT.get(coded, from + Short.BYTES * t) & 0xFFFF
              : (int) ARRAY_INT.get(coded, from + Integer.BYTES * t);
      if (end <= start || end > width) {
        return false;
      }
      Arrays.fill(out, to + start, to + end, coded[from + n * (runBytes - 1) + t]);
      start = end;
    }
    return start == width && length(out, to, width) == length;
  }

  private static int end(MemorySegment runs, long from, boolean shortEnds, int t) {
    return shortEnds
        ? runs.get(SHORT, from + (long) Short.BYTES * t) & 0xFFFF
        : runs.get(INT, from + (long) Integer.BYTES * t);
  }

  private static int end(byte[] runs, int from, boolean shortEnds, int t) {
    return shortEnds
        ? (short) ARRAY_SHORT.get(runs, from + Short.BYTES * t) & 0xFFFF
        : (int) ARRAY_INT.get(runs, from + Integer.BYTES * t);
  }

  /** Where the last of a packed row's runs ends: at the mask's width, unless it is damaged. */
  public static int lastEnd(MemorySegment runs, long from, int length, int maskWidth) {
    return end(runs, from, hasShortEnds(maskWidth), length / runBytes(maskWidth) - 1);
  }

  /** The first of the runs from {@code low} to n that ends behind column {@code x}, or n. */
  private static int find(MemorySegment runs, long from, boolean shortEnds, int low, int n, int x) {
    int first = low;
    for (int high = n; first < high; ) {
      int middle = (first + high) >>> 1;
      if (end(runs, from, shortEnds, middle) > x) {
        high = middle;
      } else {
        first = middle + 1;
      }
    }
    return first;
  }

  /**
   * The first of n runs that ends behind column {@code x}, or n; in steps that double from a guess.
   */
  private static int findNear(byte[] runs, int from, boolean shortEnds, int guess, int n, int x) {
    int low = guess;
    int high = guess;
    if (end(runs, from, shortEnds, guess) > x) {
      low--;
      for (int step = 1; low >= 0 && end(runs, from, shortEnds, low) > x; step <<= 1) {
        high = low;
        low = Math.max(low - step, -1);
      }
    } else {
      high++;
      for (int step = 1; high < n && end(runs, from, shortEnds, high) <= x; step <<= 1) {
        low = high;
        high = Math.min(high + step, n);
      }
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (end(runs, from, shortEnds, middle) > x) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /**
   * Copies those runs of a packed row that columns {@code x} to {@code x + width} need: they are a
   * row of runs by themselves, which {@link #fill} takes. Where the ends do not rise it may be any.
   *
   * @param from the row's first byte
   * @param length of its runs, below {@code maskWidth}
   * @param out room for {@code width} runs
   * @return bytes copied
   */
  public static int window(
      MemorySegment runs, long from, int length, int maskWidth, int x, int width, byte[] out) {
    boolean shortEnds = hasShortEnds(maskWidth);
    int endBytes = runBytes(maskWidth) - 1;
    int all = length / runBytes(maskWidth);
    int first = find(runs, from, shortEnds, 0, all, x);
    int last = find(runs, from, shortEnds, first, all, x + width - 1);
    int n = Math.min(Math.min(last + 1, all) - first, width);
    long ends = from + (long) first * endBytes;
    long values = from + (long) all * endBytes + first;
    MemorySegment.copy(runs, JAVA_BYTE, ends, out, 0, n * endBytes);
    MemorySegment.copy(runs, JAVA_BYTE, values, out, n * endBytes, n);
    return n * runBytes(maskWidth);
  }

  /**
   * Writes columns {@code x} to {@code x + width} of a packed row that is held as runs.
   *
   * @param from the row's first byte
   * @param length of its runs
   * @param guess the run that may be the first of them, from 0: the row above has its edges at much
   *     the same places, and a search that goes as it went before is one the processor foresees
   * @param at the first byte written; up to {@link Scratch#SLACK} bytes behind the last may be too
   * @return the run that was, or {@link #DAMAGED} where the runs do not reach so far or their ends
   *     do not rise; nothing behind the columns is written then
   */
  public static int fill(
      byte[] runs,
      int from,
      int length,
      int maskWidth,
      int x,
      int width,
      int guess,
      byte[] scratch,
      int at) {
    boolean shortEnds = hasShortEnds(maskWidth);
    int n = length / runBytes(maskWidth);
    if (n < 1) {
      return DAMAGED;
    }
    int values = from + n * (runBytes(maskWidth) - 1);
    int first = findNear(runs, from, shortEnds, Math.min(guess, n - 1), n, x);
    Kernel kernel = Kernels.get();
    int c = 0;
    for (int t = first; c < width && t < n; t++) {
      int reached = end(runs, from, shortEnds, t);
      // Before it is subtracted from: four bytes may hold anything.
      if (reached < 0 || reached > maskWidth || reached - x <= c) {
        return DAMAGED;
      }
      int end = Math.min(reached - x, width);
      kernel.fill(scratch, at + c, at + end, runs[values + t]);
      c = end;
    }
    return c >= width ? first : DAMAGED;
  }

  /**
   * The first column at or after {@code x} whose pixel is set in one pixel row of a packed row that
   * is held as runs, -1 if there is none, or {@link #DAMAGED}.
   *
   * @param bit the pixel row's place in its packed row, 0 to 7
   */
  public static int nextSet(
      MemorySegment runs, long from, int length, int maskWidth, int bit, int x) {
    boolean shortEnds = hasShortEnds(maskWidth);
    int n = length / runBytes(maskWidth);
    long values = from + (long) n * (runBytes(maskWidth) - 1);
    int column = x;
    for (int t = find(runs, from, shortEnds, 0, n, x); t < n; t++) {
      int end = end(runs, from, shortEnds, t);
      if (end <= column || end > maskWidth) {
        return DAMAGED;
      }
      if ((runs.get(JAVA_BYTE, values + t) & 0x80 >>> bit) != 0) {
        return column;
      }
      column = end;
    }
    return column == maskWidth ? -1 : DAMAGED;
  }
}
