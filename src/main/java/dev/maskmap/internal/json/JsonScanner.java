package dev.maskmap.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tokens of a document, over its bytes, so that every position is a byte offset. */
final class JsonScanner {
  private static final int END = -1;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,19}");

  private final byte[] text;
  private final String source;
  private int at;

  JsonScanner(byte[] text, String source) {
    this.text = text;
    this.source = source;
  }

  /** Checks size and encoding of the whole document, before anything else. */
  void requireText() throws JsonException {
    if (text.length > Json.MAX_BYTES) {
      throw error(0, text.length + " bytes", "at most " + Json.MAX_BYTES);
    }
    if (text.length >= 3 && new String(text, 0, 3, UTF_8).equals("\uFEFF")) {
      throw error(0, "a byte order mark", "plain UTF-8");
    }
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(text);
    CoderResult result = decoder.decode(bytes, CharBuffer.allocate(text.length), true);
    if (result.isError()) {
      throw error(bytes.position(), "bytes that are not UTF-8", "UTF-8");
    }
  }

  JsonException error(int position, String found, String expected) {
    return new JsonException(source, position, found, expected);
  }

  /** What stands at the next token is not what was expected. */
  JsonException unexpected(String expected) {
    if (peek() == END) {
      return error(at, "the end of the document", expected);
    }
    String word = run();
    return error(
        at, word.isEmpty() ? Messages.character(text[at]) : Messages.shorten(word), expected);
  }

  /** The position of the next token. */
  int position() {
    while (at < text.length && isSpace(text[at])) {
      at++;
    }
    return at;
  }

  /** The first byte of the next token, or -1 at the end. */
  int peek() {
    return position() < text.length ? Byte.toUnsignedInt(text[at]) : END;
  }

  boolean take(char wanted) {
    boolean there = peek() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  void expect(char wanted, String expected) throws JsonException {
    if (!take(wanted)) {
      throw unexpected(expected);
    }
  }

  void expectEnd() throws JsonException {
    if (peek() != END) {
      throw unexpected("nothing after the document");
    }
  }

  @Nullable Boolean word() throws JsonException {
    position();
    String word = run();
    Boolean value =
        switch (word) {
          case "true" -> true;
          case "false" -> false;
          case "null" -> null;
          default -> throw unexpected("a value");
        };
    at += word.length();
    return value;
  }

  Number number() throws JsonException {
    int start = position();
    String digits = run();
    if (!NUMBER.matcher(digits).matches()) {
      throw unexpected("a number");
    }
    at += digits.length();
    if (INTEGER.matcher(digits).matches()) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        return Double.parseDouble(digits); // 19 digits, and beyond a long
      }
    }
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw error(start, Messages.shorten(digits), "a number that a double holds");
    }
    return value;
  }

  String string() throws JsonException {
    int start = position();
    at++;
    StringBuilder out = new StringBuilder();
    int plain = at;
    while (peekRaw(start) != '"') {
      if (text[at] == '\\') {
        out.append(new String(text, plain, at - plain, UTF_8)).append(escape());
        plain = at;
      } else {
        at++;
      }
    }
    out.append(new String(text, plain, at - plain, UTF_8));
    at++;
    if (Surrogates.hasLone(out.toString())) {
      throw error(start, "a string with a lone surrogate", "Unicode text");
    }
    return out.toString();
  }

  private byte peekRaw(int start) throws JsonException {
    if (at >= text.length) {
      throw error(start, "a string without an end", "'\"'");
    }
    if (text[at] >= 0 && text[at] < ' ') {
      throw error(
          at, "the control character " + Messages.character(text[at]), "an escape such as \\n");
    }
    return text[at];
  }

  private char escape() throws JsonException {
    int start = at;
    char kind = at + 1 < text.length ? (char) text[at + 1] : '\0';
    at += 2;
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode(start);
      default ->
          throw error(start, "an unknown escape", "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
    };
  }

  private char unicode(int start) throws JsonException {
    int value = 0;
    for (int i = 0; i < 4; i++, at++) {
      if (at >= text.length || !HexFormat.isHexDigit(text[at])) {
        throw error(start, "a broken \\u escape", "four hexadecimal digits");
      }
      value = value << 4 | HexFormat.fromHexDigit(text[at]);
    }
    return (char) value;
  }

  /** The letters, digits and signs from here, which a number or a word consists of. */
  private String run() {
    int end = at;
    while (end < text.length && isRun(text[end])) {
      end++;
    }
    return new String(text, at, end - at, UTF_8);
  }

  private static boolean isRun(byte value) {
    return (value >= '0' && value <= '9')
        || (value >= 'a' && value <= 'z')
        || (value >= 'A' && value <= 'Z')
        || value == '-'
        || value == '+'
        || value == '.';
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\t' || value == '\n' || value == '\r';
  }
}
