package dev.maskmap.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void aDocumentIsOneLineInTheOrderOfItsMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", 1);
    map.put("features", List.of());
    map.put("packing", Map.of("axis", -2));
    map.put("list", Arrays.asList(1L, 2.5, true, null, "x", Map.of()));
    assertEquals(
        "{\"format\": 1, \"features\": [], \"packing\": {\"axis\": -2},"
            + " \"list\": [1, 2.5, true, null, \"x\", {}]}",
        Json.write(map));
  }

  @Test
  void quotesBackslashesAndControlCharactersAreEscapedAndNothingElse() {
    assertEquals(
        "\"\\\"\\\\/\\n\\r\\t\\u0000\\u001f\u007f\u00e9\ud83d\ude00\"",
        Json.write("\"\\/\n\r\t\u0000\u001f\u007f\u00e9\ud83d\ude00"));
  }

  @Test
  void whatJsonCannotHoldIsRefused() {
    for (Object bad :
        List.of(Double.NaN, Double.POSITIVE_INFINITY, "\ud800", "\udc00x", 'c', Map.of(1, 2))) {
      assertThrows(IllegalArgumentException.class, () -> Json.write(List.of(bad)), bad.toString());
    }
  }
}
