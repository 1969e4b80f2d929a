package dev.maskmap.convert.array;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.maskmap.internal.npy.NpyHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** NPY files, whole and broken. */
final class TestNpy {
  private TestNpy() {}

  /** A header of our profile and then these bytes, whether they fit it or not. */
  static byte[] of(String descr, byte[] data, long... shape) {
    byte[] header = NpyHeader.encode(descr, shape);
    byte[] file = Arrays.copyOf(header, header.length + data.length);
    System.arraycopy(data, 0, file, header.length, data.length);
    return file;
  }

  static byte[] ofDoubles(double[] values, long... shape) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asDoubleBuffer().put(values);
    return of("<f8", data.array(), shape);
  }

  /** A version 1 file with any dictionary. */
  static byte[] ofText(String dictionary, byte[] data) {
    byte[] text = dictionary.getBytes(ISO_8859_1);
    ByteBuffer file =
        ByteBuffer.allocate(10 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY\1\0".getBytes(ISO_8859_1)).putShort((short) text.length);
    return file.put(text).put(data).array();
  }

  static byte[] fortran(String descr, String shape, byte[] data) {
    String form = "{'descr': '%s', 'fortran_order': True, 'shape': %s, }";
    return ofText(form.formatted(descr, shape), data);
  }
}
