package dev.maskmap.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Random documents as plain values, and what we parse made plain. */
final class JsonValues {
  private JsonValues() {}

  static Object parse(String text) throws JsonException {
    return parse(text.getBytes(UTF_8));
  }

  static Object parse(byte[] text) throws JsonException {
    return plain(new JsonParser(text, "a.json").parse());
  }

  static String error(String text) {
    return error(text.getBytes(UTF_8));
  }

  static String error(byte[] text) {
    return assertThrows(JsonException.class, () -> parse(text)).getMessage();
  }

  static Object plain(Object value) {
    if (value instanceof JsonObject object) {
      Map<String, Object> map = new LinkedHashMap<>();
      object.members().forEach((name, member) -> map.put(name, plain(member.value())));
      return map;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(JsonValues::plain).collect(Collectors.toCollection(ArrayList::new));
    }
    return value;
  }

  static Arbitrary<Object> documents() {
    return documents(3);
  }

  static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.of((int) '"', (int) '\\', (int) '\n', (int) 'u', (int) '/'),
            Arbitraries.integers().between(0, 0x7f),
            Arbitraries.integers().between(0, 0xd7ff),
            Arbitraries.integers().between(0xe000, Character.MAX_CODE_POINT))
        .list()
        .ofMaxSize(8)
        .map(points -> points.stream().map(Character::toString).collect(Collectors.joining()));
  }

  private static Arbitrary<Object> documents(int depth) {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.longs().map(v -> v),
            Arbitraries.doubles().map(v -> v),
            Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -0.0, Double.MIN_VALUE, 1e300),
            Arbitraries.of(true, false).map(v -> v),
            Arbitraries.just(null),
            texts().map(v -> v));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<Object> inner = documents(depth - 1);
    return Arbitraries.oneOf(
        scalars,
        inner.list().ofMaxSize(4).map(v -> v),
        texts()
            .flatMap(name -> inner.map(value -> Tuple.of(name, value)))
            .list()
            .ofMaxSize(4)
            .map(JsonValues::map));
  }

  private static Map<String, Object> map(List<Tuple.Tuple2<String, Object>> members) {
    Map<String, Object> map = new LinkedHashMap<>();
    members.forEach(member -> map.put(member.get1(), member.get2()));
    return map;
  }
}
