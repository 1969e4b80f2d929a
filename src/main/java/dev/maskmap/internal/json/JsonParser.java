package dev.maskmap.internal.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of RFC 8259. Objects become {@link JsonObject}, arrays unmodifiable lists,
 * integers that fit {@link Long}, other numbers {@link Double}. One use: {@link #parse}.
 */
final class JsonParser {
  private final JsonScanner in;
  private final String source;

  JsonParser(byte[] text, String source) {
    this.in = new JsonScanner(text, source);
    this.source = source;
  }

  @Nullable Object parse() throws JsonException {
    in.requireText();
    Object value = value(JsonPath.ROOT, 1);
    in.expectEnd();
    return value;
  }

  private @Nullable Object value(JsonPath path, int depth) throws JsonException {
    return switch (in.peek()) {
      case '{' -> object(path, deeper(depth));
      case '[' -> array(path, deeper(depth));
      case '"' -> in.string();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> in.number();
      default -> in.word();
    };
  }

  private int deeper(int depth) throws JsonException {
    if (depth > Json.MAX_DEPTH) {
      throw in.unexpected("at most " + Json.MAX_DEPTH + " levels of nesting");
    }
    return depth + 1;
  }

  private JsonObject object(JsonPath path, int depth) throws JsonException {
    int at = in.position();
    in.expect('{', "an object");
    Map<String, JsonObject.Member> members = new LinkedHashMap<>();
    if (!in.take('}')) {
      do {
        member(path, depth, members);
      } while (in.take(','));
      in.expect('}', "',' or '}'");
    }
    return new JsonObject(source, path, at, Collections.unmodifiableMap(members));
  }

  private void member(JsonPath path, int depth, Map<String, JsonObject.Member> members)
      throws JsonException {
    int nameAt = in.position();
    if (in.peek() != '"') {
      throw in.unexpected("a member's name in double quotes");
    }
    String name = in.string();
    if (members.containsKey(name)) {
      throw new JsonException(
          source, nameAt, "the name " + Messages.name(name) + " a second time", "each name once");
    }
    in.expect(':', "':'");
    int valueAt = in.position();
    Object value = value(path.member(name), depth);
    members.put(name, new JsonObject.Member(value, nameAt, valueAt));
  }

  private List<@Nullable Object> array(JsonPath path, int depth) throws JsonException {
    in.expect('[', "an array");
    List<@Nullable Object> items = new ArrayList<>();
    if (!in.take(']')) {
      do {
        items.add(value(path.item(items.size()), depth));
      } while (in.take(','));
      in.expect(']', "',' or ']'");
    }
    return Collections.unmodifiableList(items);
  }
}
