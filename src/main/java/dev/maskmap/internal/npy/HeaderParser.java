package dev.maskmap.internal.npy;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The header's dictionary: exactly the keys {@code descr}, {@code fortran_order} and {@code shape},
 * in any order. Whitespace, quotes and trailing commas are as free as Python's own.
 */
final class HeaderParser {
  private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

  private final LiteralScanner in;
  private final long dataOffset;

  private final Set<String> seen = new TreeSet<>();
  private String descr = "";
  private long itemSize;
  private boolean fortranOrder;
  private List<Long> shape = List.of();
  private int shapeAt;
  private String shapeText = "";

  HeaderParser(Object file, byte[] text, int textOffset, Charset charset) {
    this.in = new LiteralScanner(file, text, textOffset, charset);
    this.dataOffset = textOffset + (long) text.length;
  }

  NpyHeader parse() throws NpyFormatException {
    in.expect('{', "a dictionary");
    while (in.peek() != '}') {
      member();
      if (!in.take(',')) {
        break;
      }
    }
    in.expect('}', "',' or '}'");
    in.expectEnd();
    for (String key : List.of("descr", "fortran_order", "shape")) {
      if (!seen.contains(key)) {
        throw in.error(0, "no key '" + key + "'", "'descr', 'fortran_order' and 'shape'", "");
      }
    }
    return header();
  }

  private NpyHeader header() throws NpyFormatException {
    try {
      return new NpyHeader(descr, fortranOrder, shape, itemSize, dataOffset);
    } catch (ArithmeticException e) {
      String found = "the shape " + Text.shorten(shapeText) + " of " + descr;
      NpyFormatException error =
          in.error(shapeAt, found, "an array that ends within 2^63 - 1 bytes", "");
      error.initCause(e);
      throw error;
    }
  }

  private void member() throws NpyFormatException {
    int at = in.skipSpace();
    String key = in.string("a key in quotes");
    if (!KEYS.contains(key)) {
      String found = "the key '" + Text.shorten(key) + "'";
      throw in.error(at, found, "only 'descr', 'fortran_order' and 'shape'", "");
    }
    if (!seen.add(key)) {
      throw in.error(at, "the key '" + key + "' a second time", "each key once", "");
    }
    in.expect(':', "':' after the key '" + key + "'");
    switch (key) {
      case "descr" -> descr();
      case "fortran_order" -> fortranOrder = in.bool();
      default -> shape();
    }
  }

  private void descr() throws NpyFormatException {
    int at = in.skipSpace();
    if (in.peek() == '[' || in.peek() == '(') {
      descr = in.skipLiteral();
      itemSize = NpyHeader.UNKNOWN_ITEM_SIZE;
    } else {
      descr = in.string("an element type: a string such as '|u1', or a list of fields");
      itemSize = ItemSize.of(descr);
    }
    if (descr.isEmpty()) {
      throw in.error(at, "an empty string", "an element type such as '|u1'", "");
    }
  }

  private void shape() throws NpyFormatException {
    shapeAt = in.skipSpace();
    String tuple = "a tuple such as (1080, 1920)";
    in.expect('(', tuple);
    List<Long> dimensions = new ArrayList<>();
    boolean comma = true;
    while (comma && in.peek() != ')') {
      dimensions.add(dimension());
      comma = in.take(',');
    }
    in.expect(')', "',' or ')'");
    if (dimensions.size() == 1 && !comma) {
      String value = "(" + dimensions.get(0);
      throw in.error(shapeAt, "the number " + value + ")", tuple, "write " + value + ",)");
    }
    shape = List.copyOf(dimensions);
    shapeText = in.textFrom(shapeAt);
  }

  private long dimension() throws NpyFormatException {
    int at = in.skipSpace();
    long dimension = in.integer();
    if (dimension < 0) {
      throw in.error(at, "the dimension " + dimension, "0 or more", "");
    }
    return dimension;
  }
}
