package dev.maskmap.convert.array;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Names of members and of the masks that they become. */
final class MemberNames {
  /** What a store holds at most (docs/format.md). */
  private static final int MAX_BYTES = 4096;

  private static final String EXTENSION = ".npy";

  private MemberNames() {}

  /** Returns the name that its masks get: without the extension that numpy.savez adds. */
  static String ofMask(String member) {
    return member.endsWith(EXTENSION)
        ? member.substring(0, member.length() - EXTENSION.length())
        : member;
  }

  /**
   * Checks that a store can hold the name, and that it is the path of a file below a folder.
   *
   * @throws Refusal if not
   */
  static void check(String name) throws Refusal {
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      throw new Refusal("its name is empty or has control characters");
    }
    int bytes = name.getBytes(UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new Refusal("its name has %d bytes of UTF-8, more than %d".formatted(bytes, MAX_BYTES));
    }
    if (name.startsWith("/") || List.of(name.split("[/\\\\]")).contains("..")) {
      throw new Refusal("its name leads out of the archive");
    }
  }
}
