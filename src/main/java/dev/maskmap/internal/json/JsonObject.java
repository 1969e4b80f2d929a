package dev.maskmap.internal.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of a document, read through getters that say what they expect. Immutable; any thread
 * may use it.
 *
 * <p>Every getter throws {@link JsonException} where the member is missing or is of another kind,
 * null included; {@link #has} tells beforehand. The message names the source, the byte offset and
 * the member's path, such as {@code files.masks}.
 */
public final class JsonObject {
  /**
   * @param nameAt byte offset of the member's name, at its opening quote
   * @param valueAt byte offset of the member's value
   */
  record Member(@Nullable Object value, int nameAt, int valueAt) {}

  private final String source;
  private final JsonPath path;
  private final int at;
  private final Map<String, Member> members;

  JsonObject(String source, JsonPath path, int at, Map<String, Member> members) {
    this.source = source;
    this.path = path;
    this.at = at;
    this.members = members;
  }

  /**
   * Parses a document that is one object: strict RFC 8259 in UTF-8, names unique, at most 1 MiB and
   * 32 levels.
   *
   * @param source what error messages call the document: its file
   * @throws JsonException if it is anything else
   */
  public static JsonObject parse(byte[] utf8, String source) throws JsonException {
    Object value = new JsonParser(utf8, source).parse();
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new JsonException(source, 0, Messages.value(value), "an object");
  }

  /** The members' names, in the document's order. */
  public Set<String> keys() {
    return members.keySet();
  }

  /** Whether there is such a member, null or not. */
  public boolean has(String key) {
    return members.containsKey(key);
  }

  /** Whether there is such a member and it is null. */
  public boolean isNull(String key) {
    Member member = members.get(key);
    return member != null && member.value() == null;
  }

  /**
   * The byte offset in the document at which the member's name begins (its opening quote), for
   * checksums over the bytes before a member.
   */
  public int offset(String key) throws JsonException {
    return member(key).nameAt();
  }

  /** The member as a string. */
  public String string(String key) throws JsonException {
    if (member(key).value() instanceof String text) {
      return text;
    }
    throw wrong(key, "a string");
  }

  /**
   * The member as an integer, written without fraction and exponent.
   *
   * @param min the smallest legal value
   * @param max the largest legal value, itself included
   */
  public long integer(String key, long min, long max) throws JsonException {
    if (member(key).value() instanceof Long number && number >= min && number <= max) {
      return number;
    }
    throw wrong(key, "an integer from " + min + " to " + max);
  }

  /** The member as a number, written in any way. */
  public double number(String key) throws JsonException {
    if (member(key).value() instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(key, "a number");
  }

  /** The member as {@code true} or {@code false}. */
  public boolean bool(String key) throws JsonException {
    if (member(key).value() instanceof Boolean value) {
      return value;
    }
    throw wrong(key, "true or false");
  }

  /** The member as an object. */
  public JsonObject object(String key) throws JsonException {
    if (member(key).value() instanceof JsonObject object) {
      return object;
    }
    throw wrong(key, "an object");
  }

  /** The member as an array of strings; unmodifiable. */
  public List<String> strings(String key) throws JsonException {
    return list(key, String.class, "an array of strings");
  }

  /** The member as an array of objects; unmodifiable. */
  public List<JsonObject> objects(String key) throws JsonException {
    return list(key, JsonObject.class, "an array of objects");
  }

  private <T> List<T> list(String key, Class<T> kind, String expected) throws JsonException {
    if (!(member(key).value() instanceof List<?> items)) {
      throw wrong(key, expected);
    }
    List<T> result = new ArrayList<>(items.size());
    for (Object item : items) {
      if (!kind.isInstance(item)) {
        throw wrong(key, expected, Messages.value(item) + " in it");
      }
      result.add(kind.cast(item));
    }
    return List.copyOf(result);
  }

  private Member member(String key) throws JsonException {
    Member member = members.get(key);
    if (member == null) {
      String found = members.isEmpty() ? "no members" : "only " + Messages.names(keys());
      throw new JsonException(source, at, found, "a member " + path.member(key));
    }
    return member;
  }

  private JsonException wrong(String key, String expected) throws JsonException {
    return wrong(key, expected, Messages.value(member(key).value()));
  }

  private JsonException wrong(String key, String expected, String found) throws JsonException {
    return new JsonException(
        source, member(key).valueAt(), path.member(key) + ": " + found, expected);
  }

  Map<String, Member> members() {
    return members;
  }
}
