package dev.maskmap.internal.npy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * The tokens of the Python literals that NumPy writes: strings, integers, True and False, lists and
 * tuples. It walks over bytes, not characters: its positions are byte offsets then, and ASCII bytes
 * mean the same in Latin-1 and UTF-8.
 */
final class LiteralScanner {
  /** Fields within fields; deeper nesting would only serve to overflow the stack. */
  private static final int MAX_DEPTH = 32;

  private static final int END = -1;

  private final Object file;
  private final byte[] text;
  private final long textOffset;
  private final Charset charset;
  private int at;

  /**
   * @param textOffset where {@code text} begins in the file
   */
  LiteralScanner(Object file, byte[] text, long textOffset, Charset charset) {
    this.file = file;
    this.text = text;
    this.textOffset = textOffset;
    this.charset = charset;
  }

  NpyFormatException error(int position, String found, String expected, String remedy) {
    return new NpyFormatException(file, textOffset + position, found, expected, remedy);
  }

  /** Moves to the next token and returns its position. */
  int skipSpace() {
    while (at < text.length && isSpace(text[at])) {
      at++;
    }
    return at;
  }

  /** The first byte of the next token, or -1 at the end. */
  int peek() {
    return skipSpace() < text.length ? Byte.toUnsignedInt(text[at]) : END;
  }

  boolean take(char wanted) {
    boolean there = peek() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  void expect(char wanted, String expected) throws NpyFormatException {
    if (!take(wanted)) {
      throw unexpected(expected);
    }
  }

  void expectEnd() throws NpyFormatException {
    if (peek() != END) {
      throw unexpected("nothing but spaces after the dictionary");
    }
  }

  /** The source from a position to here. */
  String textFrom(int start) {
    return new String(text, start, at - start, charset);
  }

  boolean bool() throws NpyFormatException {
    int start = skipSpace();
    String word = word();
    return switch (word) {
      case "True" -> true;
      case "False" -> false;
      default -> {
        at = start;
        throw unexpected("True or False");
      }
    };
  }

  /** A decimal integer, with the suffix L that Python 2 gave to long ones. */
  long integer() throws NpyFormatException {
    int start = skipSpace();
    at += peek() == '-' ? 1 : 0;
    String word = word();
    String digits = word.endsWith("L") ? word.substring(0, word.length() - 1) : word;
    if (!digits.matches("0|[1-9][0-9]*")) {
      at = start;
      throw unexpected("a decimal integer");
    }
    try {
      return Long.parseLong(text[start] == '-' ? "-" + digits : digits);
    } catch (NumberFormatException e) {
      String found = "the integer " + Text.shorten(digits);
      throw error(start, found, "one of at most " + Long.MAX_VALUE, "");
    }
  }

  /** A string in either kind of quotes, with the prefix u that Python 2 may have written. */
  String string(String expected) throws NpyFormatException {
    int start = skipString(expected);
    int end = at - 1;
    for (int i = start; i < end; i++) {
      if (text[i] == '\\') {
        throw error(i, "an escape in a key or type", "a plain string", "");
      }
    }
    return decode(start, end);
  }

  /** Skips a list, tuple, string or integer and returns its source. */
  String skipLiteral() throws NpyFormatException {
    int start = skipSpace();
    skipLiteral(1);
    return decode(start, at);
  }

  private void skipLiteral(int depth) throws NpyFormatException {
    if (depth > MAX_DEPTH) {
      throw error(at, "nesting deeper than " + MAX_DEPTH, "a type that NumPy writes", "");
    }
    if (take('[')) {
      skipItems(']', depth);
    } else if (take('(')) {
      skipItems(')', depth);
    } else if (peek() == '-' || isDigit(peek())) {
      integer();
    } else {
      skipString("a string, an integer, '[' or '('");
    }
  }

  private void skipItems(char close, int depth) throws NpyFormatException {
    while (peek() != close) {
      skipLiteral(depth + 1);
      if (!take(',')) {
        break;
      }
    }
    expect(close, "',' or '" + close + "'");
  }

  /**
   * Skips a string and returns where its content begins; it ends one byte before the next token.
   */
  private int skipString(String expected) throws NpyFormatException {
    int start = skipSpace();
    boolean prefixed = peek() == 'u' && start + 1 < text.length && isQuote(text[start + 1]);
    at += prefixed ? 1 : 0;
    if (peek() == END || !isQuote(text[at])) {
      throw unexpected(expected);
    }
    byte quote = text[at++];
    int content = at;
    while (at < text.length && text[at] != quote) {
      at += text[at] == '\\' ? 2 : 1;
    }
    if (at >= text.length) {
      throw error(start, "a string without an end", Text.show(quote), "");
    }
    at++;
    return content;
  }

  private String word() {
    int start = at;
    while (at < text.length && isWord(text[at])) {
      at++;
    }
    return textFrom(start);
  }

  private NpyFormatException unexpected(String expected) {
    int start = at;
    if (peek() == END) {
      return error(start, "the end of the header", expected, "");
    }
    String word = word();
    String found = word.isEmpty() ? Text.show(text[at]) : Text.shorten(word);
    return error(start, found, expected, "");
  }

  private String decode(int start, int end) throws NpyFormatException {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(text, start, end - start)).toString();
    } catch (CharacterCodingException e) {
      NpyFormatException error = error(start, "bytes that are not " + charset, "text", "");
      error.initCause(e);
      throw error;
    }
  }

  private static boolean isQuote(byte value) {
    return value == '\'' || value == '"';
  }

  private static boolean isWord(byte value) {
    return isDigit(value) || (value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z');
  }

  private static boolean isDigit(int value) {
    return value >= '0' && value <= '9';
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || (value >= '\t' && value <= '\r');
  }
}
