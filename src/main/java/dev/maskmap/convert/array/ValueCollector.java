package dev.maskmap.convert.array;

import dev.maskmap.convert.pixels.PixelValues;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of one mask, in the narrowest form that holds all of them: a byte a pixel until one
 * does not fit, then an int, then a double. Most arrays of masks hold 0 and 1 whatever their type
 * is, and eight bytes a pixel for them would fill the memory for nothing.
 */
final class ValueCollector {
  private byte @Nullable [] bytes;
  private int @Nullable [] ints;
  private double @Nullable [] reals;
  private int firstNan = -1;

  ValueCollector(int length) {
    bytes = new byte[length];
  }

  /**
   * Puts {@code values[from]} to {@code values[to - 1]} at {@code at}, {@code at + step} and so on.
   */
  void put(int at, int step, double[] values, int from, int to) {
    int i = from;
    if (bytes != null) {
      i = putBytes(bytes, at, step, values, i, to);
      if (i == to) {
        return;
      }
      ints = widen(bytes);
      bytes = null;
    }
    if (ints != null) {
      i = putInts(ints, at + (i - from) * step, step, values, i, to);
      if (i == to) {
        return;
      }
      reals = Arrays.stream(ints).asDoubleStream().toArray();
      ints = null;
    }
    putReals(at + (i - from) * step, step, values, i, to);
  }

  /** Returns where it stopped: at the first value that is no byte. */
  private static int putBytes(byte[] out, int at, int step, double[] values, int from, int to) {
    int i = from;
    for (int o = at; i < to; i++, o += step) {
      int value = (int) values[i];
      if (value != values[i] || (value & ~0xFF) != 0) {
        break;
      }
      out[o] = (byte) value;
    }
    return i;
  }

  private static int putInts(int[] out, int at, int step, double[] values, int from, int to) {
    int i = from;
    for (int o = at; i < to; i++, o += step) {
      int value = (int) values[i];
      if (value != values[i] || value < 0) {
        break;
      }
      out[o] = value;
    }
    return i;
  }

  private void putReals(int at, int step, double[] values, int from, int to) {
    double[] out = Objects.requireNonNull(reals);
    for (int i = from, o = at; i < to; i++, o += step) {
      out[o] = values[i];
      if (Double.isNaN(values[i]) && (firstNan < 0 || o < firstNan)) {
        firstNan = o;
      }
    }
  }

  private static int[] widen(byte[] bytes) {
    int[] out = new int[bytes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes[i] & 0xFF;
    }
    return out;
  }

  /**
   * Returns the values; nothing may be put afterwards.
   *
   * @param width pixels in a row, to say where a value is
   * @throws Refusal if one is NaN, which is neither foreground nor background
   */
  PixelValues values(int width) throws Refusal {
    if (firstNan >= 0) {
      throw new Refusal(
          "NaN (not a number) in row %d, column %d, counted from 0; it is neither foreground nor"
                  .formatted(firstNan / width, firstNan % width)
              + " background: save numpy.nan_to_num(a), or a > 0.5 if that is the mask");
    }
    if (bytes != null) {
      return new PixelValues.Narrow(bytes);
    }
    return ints != null ? new PixelValues.Wide(ints) : new PixelValues.Reals(reals());
  }

  private double[] reals() {
    return Objects.requireNonNull(reals);
  }
}
