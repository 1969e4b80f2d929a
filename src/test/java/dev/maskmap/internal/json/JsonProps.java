package dev.maskmap.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonProps {
  /** Reads a document a line and writes each back in three styles, in Base64. */
  private static final String ECHO =
      """
      import sys, json, base64
      for line in open(sys.argv[1], encoding="utf-8", newline="\\n"):
          value = json.loads(line)
          for style in [dict(), dict(ensure_ascii=False, indent=2),
                        dict(ensure_ascii=False, separators=(",", ":"))]:
              print(base64.b64encode(json.dumps(value, **style).encode()).decode())
      """;

  @Property(tries = 300)
  void whatIsWrittenIsReadBackInTheSameOrder(@ForAll("documents") Object document)
      throws JsonException {
    String text = Json.write(document);
    assertFalse(text.contains("\n"));
    Object parsed = JsonValues.parse(text);
    assertEquals(document, parsed);
    assertEquals(text, Json.write(parsed));
  }

  @Property(tries = 3)
  void pythonReadsWhatWeWriteAndWeReadWhatPythonWrites(
      @ForAll("manyDocuments") List<Object> documents) throws IOException {
    Python python = Python.require("json");
    Path file = Files.createTempFile("documents", ".json");
    String echo;
    try {
      Files.write(file, documents.stream().map(Json::write).toList(), UTF_8);
      echo = python.run(ECHO, file.toString());
    } finally {
      Files.delete(file);
    }
    List<Object> parsed = new ArrayList<>();
    for (String line : echo.split("\n")) {
      parsed.add(JsonValues.parse(Base64.getDecoder().decode(line)));
    }
    assertEquals(3 * documents.size(), parsed.size());
    for (int i = 0; i < parsed.size(); i++) {
      assertEquals(documents.get(i / 3), parsed.get(i));
    }
  }

  @Property(tries = 300)
  void aBrokenDocumentIsReadOrRefusedButNeverAnythingElse(
      @ForAll("documents") Object document, @ForAll Random random) throws JsonException {
    byte[] text = Json.write(Map.of("a", Arrays.asList(document, "\n\u00e9"))).getBytes(UTF_8);
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      text = change(text, random);
    }
    Object parsed;
    try {
      parsed = JsonValues.parse(text);
    } catch (JsonException e) {
      assertTrue(
          e.getMessage().matches("a\\.json: byte \\d+: found .*, expected .*"), e.getMessage());
      return;
    }
    assertEquals(parsed, JsonValues.parse(Json.write(parsed)));
  }

  @Provide
  Arbitrary<Object> documents() {
    return JsonValues.documents();
  }

  @Provide
  Arbitrary<List<Object>> manyDocuments() {
    return JsonValues.documents().list().ofSize(100);
  }

  private static byte[] change(byte[] text, Random random) {
    int at = text.length == 0 ? 0 : random.nextInt(text.length);
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(text, at);
    }
    int insert = random.nextInt(2);
    byte[] changed = Arrays.copyOf(text, text.length + insert);
    System.arraycopy(text, at, changed, at + insert, text.length - at);
    if (changed.length > 0) {
      String likely = "\"\\{}[]:,-+.eE0129utn/ \n";
      changed[at] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : (byte) likely.charAt(random.nextInt(likely.length()));
    }
    return changed;
  }
}
