package dev.maskmap.feed;

import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as messages spell them: in lower case. */
final class Names {
  private Names() {}

  /** The constant that a member names. */
  static <E extends Enum<E>> E of(Class<E> type, JsonObject members, String member)
      throws JsonException {
    String name = members.string(member);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "%s '%s': expected one of %s"
            .formatted(
                member,
                name,
                Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
  }
}
