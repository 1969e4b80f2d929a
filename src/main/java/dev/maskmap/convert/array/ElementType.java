package dev.maskmap.convert.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number that one element of an array is, from the type strings of NumPy's array interface:
 * byte order, kind, bytes.
 *
 * @param kind b, i, u or f: boolean, signed, unsigned, floating point
 * @param bytes 1, 2, 4 or 8
 * @param order of the bytes; of no meaning for one byte
 */
record ElementType(char kind, int bytes, ByteOrder order) {
  static final ElementType UINT8 = new ElementType('u', 1, ByteOrder.LITTLE_ENDIAN);

  private static final Pattern CODE = Pattern.compile("([<>|=]?)([a-zA-Z?])([0-9]{0,10})(\\[.*])?");
  private static final Set<String> NUMBERS =
      Set.of("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8");
  private static final Pattern NAME = Pattern.compile("(bool|u?int|float)(8|16|32|64)?_?");

  private static final Map<String, String> REFUSED =
      Map.of(
          "O", "Python objects, which are pickled and never read here",
          "S", "text",
          "a", "text",
          "U", "text",
          "M", "dates",
          "m", "time spans",
          "c", "complex numbers",
          "f", "floats of a size that depends on the machine",
          "V", "raw bytes without a meaning as numbers");

  /**
   * Reads what a NPY header gives: {@code |u1}, {@code <f4}.
   *
   * @throws Refusal if an element is not one plain number
   */
  static ElementType of(String descr) throws Refusal {
    if (descr.startsWith("[") || descr.startsWith("(")) {
      throw refused(descr, "records of several fields", "save one field: a['mask']");
    }
    Matcher code = CODE.matcher(descr);
    String kind = code.matches() ? code.group(2) : "";
    if (NUMBERS.contains(kind + (kind.isEmpty() ? "" : code.group(3)))) {
      boolean big = code.group(1).equals(">");
      ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      return new ElementType(kind.charAt(0), Integer.parseInt(code.group(3)), order);
    }
    throw refused(descr, REFUSED.getOrDefault(kind, "of a type not known here"), remedy(kind));
  }

  private static String remedy(String kind) {
    return switch (kind) {
      case "f" -> "save a.astype('f8')";
      case "O", "c" -> "save a.astype(bool)";
      default -> "";
    };
  }

  private static Refusal refused(String descr, String what, String remedy) {
    return new Refusal(
        "its elements are %s (%s); expected booleans, integers or floats of up to 8 bytes%s"
            .formatted(what, Refusal.shown(descr), remedy.isEmpty() ? "" : ": " + remedy));
  }

  /**
   * Reads what people type: {@code uint8}, {@code float32}, {@code |u1}, {@code >i2}. Without a
   * sign, more than one byte is little-endian.
   *
   * @throws IllegalArgumentException if it is no such name
   */
  static ElementType named(String text) {
    Matcher name = NAME.matcher(text);
    String code = text.equals("?") || text.equals("bool") ? "b1" : text;
    if (name.matches() && name.group(2) != null) {
      code = name.group(1).charAt(0) + "" + Integer.parseInt(name.group(2)) / 8;
    }
    try {
      return of(code);
    } catch (Refusal e) {
      throw new IllegalArgumentException(
          "'%s': expected bool, int8 to int64, uint8 to uint64, float16 to float64, or a code such"
                  .formatted(Refusal.shown(text))
              + " as |u1, <i4 or >f8",
          e);
    }
  }

  /** Returns NumPy's name for it: {@code uint8}. */
  String name() {
    return switch (kind) {
      case 'b' -> "bool";
      case 'i' -> "int" + 8 * bytes;
      case 'u' -> "uint" + 8 * bytes;
      default -> "float" + 8 * bytes;
    };
  }

  /** Says whether every element is a byte of 0 to 255, or a boolean in one. */
  boolean isByte() {
    return bytes == 1 && kind != 'i';
  }

  /**
   * Decodes {@code count} elements from byte {@code from} of {@code in} on, to the start of {@code
   * out}. Integers beyond 2^53 are rounded, and none to 0; any byte but 0 is true, as NumPy takes
   * it.
   */
  void decode(byte[] in, int from, int count, double[] out) {
    ByteBuffer buffer = ByteBuffer.wrap(in).order(order);
    switch (kind) {
      case 'b' -> {
        for (int i = 0; i < count; i++) {
          out[i] = truth(in[from + i]);
        }
      }
      case 'i' -> decodeSigned(buffer, from, count, out);
      case 'u' -> decodeUnsigned(buffer, from, count, out);
      default -> decodeFloats(buffer, from, count, out);
    }
  }

  private void decodeSigned(ByteBuffer in, int from, int count, double[] out) {
    switch (bytes) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.get(from + i);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getShort(from + 2 * i);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getInt(from + 4 * i);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getLong(from + 8 * i);
        }
      }
    }
  }

  private void decodeUnsigned(ByteBuffer in, int from, int count, double[] out) {
    switch (bytes) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.get(from + i) & 0xFF;
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getChar(from + 2 * i);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getInt(from + 4 * i) & 0xFFFFFFFFL;
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          out[i] = unsigned(in.getLong(from + 8 * i));
        }
      }
    }
  }

  private void decodeFloats(ByteBuffer in, int from, int count, double[] out) {
    switch (bytes) {
      case 2 -> {
        for (int i = 0; i < count; i++) {
          out[i] = Float.float16ToFloat(in.getShort(from + 2 * i));
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getFloat(from + 4 * i);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          out[i] = in.getDouble(from + 8 * i);
        }
      }
    }
  }

  /**
   * Returns 1 for any value but 0. Without a branch: noise would be mispredicted every other time.
   */
  static int truth(byte value) {
    return (value | -value) >>> 31;
  }

  private static double unsigned(long value) {
    // Halved with the lowest bit kept, so that the rounding of the conversion is the right one.
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }
}
