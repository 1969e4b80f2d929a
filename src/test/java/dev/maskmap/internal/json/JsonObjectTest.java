package dev.maskmap.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JsonObjectTest {
  private static final String TEXT =
      """
      {"id": "8f0c", "masks": 1000, "features": ["a", "b"], "none": null,
       "big": 9223372036854775808,
       "files": {"masks.npy": {"bytes": 12.0}}, "parts": [{"n": 1}, {"n": -1}], "mixed": [1, "a"]}\
      """;

  @Test
  void gettersGiveTheMembers() throws JsonException {
    JsonObject object = object(TEXT);
    assertEquals("8f0c", object.string("id"));
    assertEquals(1000, object.integer("masks", 1000, 1000));
    assertEquals(List.of("a", "b"), object.strings("features"));
    assertEquals(1, object.objects("parts").get(0).integer("n", 0, 9));
    assertEquals(
        List.of("id", "masks", "features", "none", "big", "files", "parts", "mixed"),
        List.copyOf(object.keys()));
    assertTrue(object.has("none"));
    assertFalse(object.has("nothing"));
  }

  @Test
  void numbersAndTruthValuesAreTakenAsTheyAreWritten() throws JsonException {
    JsonObject object = object("{\"a\": 1, \"b\": 0.33, \"c\": -2e3, \"d\": true, \"e\": false}");
    assertEquals(1.0, object.number("a"));
    assertEquals(0.33, object.number("b"));
    assertEquals(-2000.0, object.number("c"));
    assertTrue(object.bool("d"));
    assertFalse(object.bool("e"));
    assertTrue(
        assertThrows(JsonException.class, () -> object.number("d"))
            .getMessage()
            .contains("found d: true, expected a number"));
    assertTrue(
        assertThrows(JsonException.class, () -> object.bool("a"))
            .getMessage()
            .contains("found a: 1, expected true or false"));
  }

  @Test
  void theOffsetOfAMemberCountsBytesAndNotCharacters() throws JsonException {
    String text = "{\"\u00e9\": \"\ud83d\ude00\", \"crc32\": 5}";
    int offset = object(text).offset("crc32");
    byte[] bytes = text.getBytes(UTF_8);
    assertEquals("\"crc32\": 5}", new String(bytes, offset, bytes.length - offset, UTF_8));
  }

  @Test
  void errorsNameSourceOffsetAndPath() throws JsonException {
    JsonObject object = object(TEXT);
    expectAt(
        "\"8f0c\"", "found id: the string \"8f0c\", expected an object", () -> object.object("id"));
    expectAt("1000", "found masks: 1000, expected a string", () -> object.string("masks"));
    expectAt(
        "1000",
        "found masks: 1000, expected an integer from 1 to 999",
        () -> object.integer("masks", 1, 999));
    expectAt(
        "9223",
        "found big: 9.223372036854776E18, expected an integer from 0 to" + " 9223372036854775807",
        () -> object.integer("big", 0, Long.MAX_VALUE));
    expectAt("null", "found none: null, expected a string", () -> object.string("none"));
    expectAt(
        "12.0",
        "found files.masks.npy.bytes: 12.0, expected an integer from 0 to 99",
        () -> object.object("files").object("masks.npy").integer("bytes", 0, 99));
    expectAt(
        "-1",
        "found parts[1].n: -1, expected an integer from 0 to 9",
        () -> object.objects("parts").get(1).integer("n", 0, 9));
    expectAt(
        "[1, \"a\"",
        "found mixed: 1 in it, expected an array of strings",
        () -> object.strings("mixed"));
    expectAt(
        "[\"a\", \"b\"",
        "found features: an array, expected an object",
        () -> object.object("features"));
    expectAt(
        "{\"bytes\"",
        "found only bytes, expected a member files.masks.npy.crc32",
        () -> object.object("files").object("masks.npy").integer("crc32", 0, 1));
  }

  @Test
  void aMessageIsOneShortLineWhateverTheNames() throws JsonException {
    JsonObject object = object("{\"a\\nb\": \"" + "\ud83d\ude00".repeat(1000) + "\"}");
    expect(
        "byte 9: found \"a\\nb\": the string \""
            + "\ud83d\ude00".repeat(40)
            + "...\", expected an object",
        () -> object.object("a\nb"));
    expect("byte 0: found only \"a\\nb\", expected a member x", () -> object.string("x"));
  }

  @Test
  void aDocumentThatIsNoObjectIsRefused() {
    expect("byte 0: found an array, expected an object", () -> object("[1]"));
    expect("byte 0: found null, expected an object", () -> object("null"));
  }

  private static JsonObject object(String text) throws JsonException {
    return JsonObject.parse(text.getBytes(UTF_8), "maskmap.json");
  }

  /** The error stands where this part of the text begins. */
  private static void expectAt(String part, String message, Executable getter) {
    expect("byte " + TEXT.indexOf(part) + ": " + message, getter);
  }

  private static void expect(String message, Executable getter) {
    JsonException e = assertThrows(JsonException.class, getter);
    assertEquals("maskmap.json: " + message, e.getMessage());
  }
}
