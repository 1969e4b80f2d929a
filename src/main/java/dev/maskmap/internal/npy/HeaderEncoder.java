package dev.maskmap.internal.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the one header profile of {@link NpyHeader#encode}. */
final class HeaderEncoder {
  private static final int PREAMBLE_BYTES = HeaderReader.MAGIC_BYTES + 4;
  // Without quotes and backslashes, so that nothing needs an escape.
  private static final Pattern PLAIN = Pattern.compile("[<>|=]?[A-Za-z?][0-9]*(\\[\\w+])?");

  private HeaderEncoder() {}

  static byte[] encode(String descr, long... shape) {
    byte[] text = dictionary(descr, shape).getBytes(ISO_8859_1);
    int room = NpyHeader.BYTES - PREAMBLE_BYTES - 1;
    if (text.length > room) {
      throw new IllegalArgumentException(
          "the NPY header takes %d characters, at most %d fit the profile: %s"
              .formatted(text.length, room, new String(text, ISO_8859_1)));
    }
    byte[] header = new byte[NpyHeader.BYTES];
    Arrays.fill(header, (byte) ' ');
    System.arraycopy(HeaderReader.magic(), 0, header, 0, HeaderReader.MAGIC_BYTES);
    header[6] = 1;
    header[7] = 0;
    header[8] = (byte) (NpyHeader.BYTES - PREAMBLE_BYTES);
    header[9] = 0;
    System.arraycopy(text, 0, header, PREAMBLE_BYTES, text.length);
    header[NpyHeader.BYTES - 1] = '\n';
    return header;
  }

  private static String dictionary(String descr, long... shape) {
    if (!PLAIN.matcher(descr).matches()) {
      throw new IllegalArgumentException("not a plain element type such as |u1: " + descr);
    }
    return "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, tuple(shape));
  }

  private static String tuple(long... shape) {
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("negative dimension " + dimension);
      }
    }
    String inner = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return shape.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
  }
}
