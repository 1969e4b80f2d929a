package dev.maskmap.jmh.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON value: objects, arrays, strings, numbers as doubles, booleans. What is asked for and not
 * there is empty, not a number, or false; so whatever a run left out goes missing from the page.
 */
final class JsonTree {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  static final JsonTree NOTHING = new JsonTree(Map.of());

  private final Object value;

  private JsonTree(Object value) {
    this.value = value;
  }

  /** Reads a file; nothing where there is none, or where it is empty. */
  static JsonTree read(Path file) throws IOException {
    return Files.exists(file) ? parse(Files.readString(file)) : NOTHING;
  }

  /**
   * Reads a document; nothing where it is blank.
   *
   * @throws tools.jackson.core.JacksonException if it is not JSON
   */
  static JsonTree parse(String text) {
    if (text.isBlank()) {
      return NOTHING;
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return new JsonTree(value(parser));
    }
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          values.add(value(parser));
        }
        yield values;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Map.of();
      default -> parser.getString();
    };
  }

  /** A member of an object. */
  JsonTree get(String name) {
    return value instanceof Map<?, ?> members && members.containsKey(name)
        ? new JsonTree(members.get(name))
        : NOTHING;
  }

  /** The names of an object's members, in order. */
  List<String> names() {
    return value instanceof Map<?, ?> members
        ? members.keySet().stream().map(String.class::cast).toList()
        : List.of();
  }

  /** The values of an array, in order. */
  List<JsonTree> values() {
    return value instanceof List<?> values
        ? values.stream().map(JsonTree::new).toList()
        : List.of();
  }

  /** A string, or the empty one. */
  String text() {
    return value instanceof String text ? text : "";
  }

  /** A number, or not a number. */
  double number() {
    return value instanceof Double number ? number : Double.NaN;
  }

  /** Whether it is true. */
  boolean isTrue() {
    return value.equals(true);
  }
}
