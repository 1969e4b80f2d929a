package dev.maskmap.internal.json;

import static dev.maskmap.internal.json.JsonValues.error;
import static dev.maskmap.internal.json.JsonValues.parse;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonStrictnessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "``# 0# the end of the document, expected a value",
        "{# 1# the end of the document, expected a member's name in double quotes",
        "{\"a\"}# 4# '}', expected ':'",
        "{\"a\": 1,}# 8# '}', expected a member's name in double quotes",
        "{'a': 1}# 1# ''', expected a member's name in double quotes",
        "{a: 1}# 1# a, expected a member's name in double quotes",
        "{\"a\": 1 \"b\": 2}# 8# '\"', expected ',' or '}'",
        "{\"a\": 1, \"\\u0061\": 2}# 9# the name a a second time, expected each name once",
        "[1,]# 3# ']', expected a value",
        "[1 2]# 3# 2, expected ',' or ']'",
        "[1] x# 4# x, expected nothing after the document",
        "[1]]# 3# ']', expected nothing after the document",
        "// 1# 0# '/', expected a value",
        "NaN# 0# NaN, expected a value",
        "-Infinity# 0# -Infinity, expected a number",
        "True# 0# True, expected a value",
        "nul# 0# nul, expected a value",
        "01# 0# 01, expected a number",
        "-# 0# -, expected a number",
        "+1# 0# +1, expected a value",
        ".5# 0# .5, expected a value",
        "1.# 0# 1., expected a number",
        "1e# 0# 1e, expected a number",
        "0x10# 0# 0x10, expected a number",
        "1e999# 0# 1e999, expected a number that a double holds",
        "\"a# 0# a string without an end, expected '\"'",
        "\"\\# 1# an unknown escape, expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u",
        "\"\\x\"# 1# an unknown escape, expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u",
        "\"\\u12g4\"# 1# a broken \\u escape, expected four hexadecimal digits",
        "\"\\u12# 1# a broken \\u escape, expected four hexadecimal digits",
        "\"\\ud800\"# 0# a string with a lone surrogate, expected Unicode text",
        "\"\\udc00\\ud800\"# 0# a string with a lone surrogate, expected Unicode text",
        "\"a\u0001\"# 2# the control character 0x01, expected an escape such as \\n",
        "[\u00e9]# 1# 0xC3, expected a value",
        "\ufeff{}# 0# a byte order mark, expected plain UTF-8",
      })
  void whatIsNotStrictJsonIsShownWhereItBreaks(String text, int offset, String message) {
    assertEquals("a.json: byte " + offset + ": found " + message, error(text));
  }

  @Test
  void onlyUtf8IsRead() {
    byte[] text = "[\"abc\"]".getBytes(UTF_8);
    text[4] = (byte) 0xc0;
    assertEquals("a.json: byte 4: found bytes that are not UTF-8, expected UTF-8", error(text));
    byte[] cutShort = {'"', (byte) 0xc3};
    assertEquals("a.json: byte 1: found bytes that are not UTF-8, expected UTF-8", error(cutShort));
    assertNotNull(error("{}".getBytes(UTF_16LE)));
  }

  @Test
  void thirtyTwoLevelsAreReadAndWrittenAndNoMore() throws JsonException {
    String deep = "[".repeat(32) + "]".repeat(32);
    assertEquals(deep, Json.write(parse(deep)));
    assertEquals(
        "a.json: byte 32: found '[', expected at most 32 levels of nesting",
        error("[" + deep + "]"));
    List<Object> deeper = List.of(parse(deep));
    assertThrows(IllegalArgumentException.class, () -> Json.write(deeper));
  }

  @Test
  void aMebibyteIsReadAndNoMore() throws JsonException {
    assertEquals(1L, parse(" ".repeat((1 << 20) - 1) + "1"));
    assertEquals(
        "a.json: byte 0: found 1048577 bytes, expected at most 1048576",
        error(" ".repeat(1 << 20) + "1"));
  }

  @Test
  void integersAreExactOverTheWholeLongRange() throws JsonException {
    assertEquals(Long.MAX_VALUE, parse("9223372036854775807"));
    assertEquals(Long.MIN_VALUE, parse("-9223372036854775808"));
    assertEquals(0L, parse("-0"));
    assertEquals(9.223372036854775807e18, parse("9223372036854775808"));
    assertEquals(1.0, parse("1.0"));
    assertEquals(-0.0, parse("-0.0"));
    assertEquals(1e22, parse("1E+22"));
  }

  @Test
  void everyEscapeOfTheStandardIsRead() throws JsonException {
    assertEquals(
        "\"\\/\b\f\n\r\t\u00e9\ud83d\ude00",
        parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\ude00\""));
    assertNull(parse(" \t\r\n null "));
  }

  @Test
  void aLongNameOverManySmallObjectsDoesNotFillTheHeap() throws JsonException {
    String name = "n".repeat(500_000);
    assertNotNull(parse("{\"" + name + "\": [{}" + ", {}".repeat(100_000) + "]}"));
  }
}
