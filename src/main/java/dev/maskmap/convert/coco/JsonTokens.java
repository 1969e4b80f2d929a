package dev.maskmap.convert.coco;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * The tokens of a JSON text in UTF-8, within limits: nothing in it makes the memory grow. Python
 * writes {@code NaN} and {@code Infinity}, so they are numbers here; whoever needs a finite one
 * checks. Used by one thread.
 */
final class JsonTokens implements Closeable {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_NUMBER = 1000;
  private static final int MAX_NAME = 500;

  /** Ids and names; texts that are skipped may be longer. */
  private static final int MAX_TEXT = 100_000;

  private static final JsonFactory DOCUMENTS = factory(MAX_TEXT);

  /** The text of run lengths may be as long as a shape. */
  private static final JsonFactory SHAPES = factory(CocoIndex.MAX_SHAPE_BYTES);

  private final JsonParser parser;

  /** The tokens of a document, which is closed with this. */
  JsonTokens(InputStream document) {
    this.parser = DOCUMENTS.createParser(ObjectReadContext.empty(), document);
  }

  /** The tokens of a shape. */
  JsonTokens(byte[] shape) {
    this.parser = SHAPES.createParser(ObjectReadContext.empty(), shape);
  }

  private static JsonFactory factory(int maxText) {
    return JsonFactory.builder()
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER)
                .maxNameLength(MAX_NAME)
                .maxStringLength(maxText)
                .build())
        .build();
  }

  /** A part of the text; {@code empty} says that it is an array without elements. */
  record Extent(long offset, int length, boolean empty) {}

  /** Returns the next token, or null at the end. */
  @Nullable JsonToken next() {
    return parser.nextToken();
  }

  /** Returns the name of the next member of an object, or null where the object ends. */
  @Nullable String nextMember() {
    JsonToken token = parser.nextToken();
    if (token != JsonToken.PROPERTY_NAME) {
      return null;
    }
    String name = parser.currentName();
    parser.nextToken();
    return name;
  }

  /** Moves to the next element of an array; false where the array ends. */
  boolean nextElement() {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  boolean at(JsonToken token) {
    return parser.currentToken() == token;
  }

  /** Skips the rest of an array or object that begins here; nothing where a scalar is. */
  void skip() {
    parser.skipChildren();
  }

  /** Returns where the current token begins, in bytes. */
  long offset() throws IOException {
    long offset = parser.currentTokenLocation().getByteOffset();
    if (offset < 0) {
      throw new IOException("is not UTF-8: only JSON in UTF-8 is read");
    }
    return offset;
  }

  /** Returns the extent from {@code start} to the end of the current token. */
  Extent extentFrom(long start, boolean empty) throws IOException {
    long length = parser.currentLocation().getByteOffset() - start;
    if (length > Integer.MAX_VALUE) {
      throw new IOException("a shape at byte %d has %d bytes".formatted(start, length));
    }
    return new Extent(start, (int) length, empty);
  }

  /** Skips the array or object that begins here, and returns where it is. */
  Extent skipValue() throws IOException {
    long start = offset();
    boolean empty = at(JsonToken.START_ARRAY);
    if (empty) {
      while (nextElement()) {
        empty = false;
        skip();
      }
    } else {
      skip();
    }
    return extentFrom(start, empty);
  }

  /** Returns a text or a number as text, 7.0 as 7; null for anything else, which is skipped. */
  @Nullable String text() {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getString();
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      double value = parser.getDoubleValue();
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
      return whole ? Long.toString((long) value) : parser.getString();
    }
    skip();
    return null;
  }

  /** Returns whether the value is true, or a number other than 0. */
  boolean truth() {
    if (parser.currentToken() == JsonToken.VALUE_TRUE) {
      return true;
    }
    String text = text();
    return text != null && !text.isEmpty() && !text.equals("0");
  }

  /** Returns a whole number that an int holds, -1 for any other number, 0 for anything else. */
  int whole() {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      double value = parser.getDoubleValue();
      return value == (int) value ? (int) value : -1;
    }
    skip();
    return 0;
  }

  /** Returns a text. */
  String string() {
    return parser.getString();
  }

  boolean isNumber() {
    JsonToken token = parser.currentToken();
    return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
  }

  /** Returns a number, perhaps not finite. */
  double real() {
    return parser.getDoubleValue();
  }

  /**
   * Returns a whole number.
   *
   * @throws IOException if it is none, or one that a long does not hold
   */
  long integer() throws IOException {
    if (at(JsonToken.VALUE_NUMBER_INT)
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    throw new IOException("found " + shown() + ": expected a whole number below 2^63");
  }

  /** Returns the token in a few characters, for messages. */
  String shown() {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      return "a list";
    }
    if (token == JsonToken.START_OBJECT) {
      return "an object";
    }
    String text = token == null ? "nothing" : parser.getString();
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  @Override
  public void close() {
    parser.close();
  }

  /** Says in our words what was wrong with the text. */
  static IOException refusal(JacksonException e) {
    if (e instanceof JacksonIOException && e.getCause() instanceof IOException cause) {
      return cause;
    }
    if (e instanceof StreamConstraintsException) {
      return new IOException(
          ("has JSON nested deeper than %d, or a number of more than %d, a member's name of more"
                  + " than %d or an id or file name of more than %d characters: it is not read")
              .formatted(MAX_DEPTH, MAX_NUMBER, MAX_NAME, MAX_TEXT),
          e);
    }
    String where =
        e.getLocation() == null
            ? ""
            : String.format(
                Locale.ROOT,
                " at line %d, column %d",
                e.getLocation().getLineNr(),
                e.getLocation().getColumnNr());
    if (e instanceof UnexpectedEndOfInputException) {
      return new IOException("ends within its JSON%s: the file is cut short".formatted(where), e);
    }
    // What was expected is a list of all that JSON knows.
    String found = e.getOriginalMessage().replaceFirst(": was expecting .*", "");
    return new IOException("is not JSON%s: %s".formatted(where, found), e);
  }
}
