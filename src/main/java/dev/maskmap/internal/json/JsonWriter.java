package dev.maskmap.internal.json;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One use: {@link #write}. */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();

  String write(@Nullable Object value) {
    value(value, 0);
    return out.toString();
  }

  private void value(@Nullable Object value, int depth) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> object(map, deeper(depth));
      case List<?> list -> array(list, deeper(depth));
      case String text -> string(text);
      case Boolean flag -> out.append(flag);
      case Long number -> out.append(number);
      case Integer number -> out.append(number);
      case Double number -> out.append(finite(number));
      default -> throw new IllegalArgumentException("no JSON for a " + value.getClass().getName());
    }
  }

  private static int deeper(int depth) {
    if (depth >= Json.MAX_DEPTH) {
      throw new IllegalArgumentException("nesting deeper than " + Json.MAX_DEPTH);
    }
    return depth + 1;
  }

  private void object(Map<?, ?> map, int depth) {
    String separator = "{";
    for (Map.Entry<?, ?> member : map.entrySet()) {
      if (!(member.getKey() instanceof String key)) {
        throw new IllegalArgumentException("a member's name is no string: " + member.getKey());
      }
      out.append(separator);
      string(key);
      out.append(": ");
      value(member.getValue(), depth);
      separator = ", ";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private void array(List<?> list, int depth) {
    String separator = "[";
    for (Object item : list) {
      out.append(separator);
      value(item, depth);
      separator = ", ";
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no " + number);
    }
    return number;
  }

  private void string(String text) {
    if (Surrogates.hasLone(text)) {
      throw new IllegalArgumentException("a lone surrogate in a string");
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < ' ') {
          out.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
