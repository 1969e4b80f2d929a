package dev.maskmap.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Names of masks, from paths of files. */
final class MaskNames {
  /** What a store holds at most (docs/format.md). */
  private static final int MAX_BYTES = 4096;

  /** By code point: the order of UTF-8 bytes, the same in every locale. */
  static final Comparator<String> ORDER =
      (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

  private MaskNames() {}

  /** Returns {@code relative} with '/' between its parts on every system, without extension. */
  static String of(Path relative) {
    StringJoiner name = new StringJoiner("/");
    for (Path part : relative) {
      name.add(part.toString());
    }
    return stem(name.toString());
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  /** Says why a store cannot hold a mask of this name, and what to do; null if it can. */
  static @Nullable String problem(String name) {
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      return "its name is empty or has control characters; rename it, or use --names sequence";
    }
    // Java shows bytes that it could not decode as U+FFFD; lone surrogates come from Windows.
    if (name.indexOf('\uFFFD') >= 0 || !UTF_8.newEncoder().canEncode(name)) {
      return "its name is not valid Unicode; rename it, or set LC_ALL=C.UTF-8 if it looks right";
    }
    int bytes = name.getBytes(UTF_8).length;
    return bytes <= MAX_BYTES
        ? null
        : "its name has %d bytes of UTF-8, more than %d; use --names sequence"
            .formatted(bytes, MAX_BYTES);
  }

  /** The refusal of a second mask of one name. */
  static IOException twice(String name, String first, String second) {
    return new IOException(
        Messages.oneLine(
            "%s: would be mask '%s', and so is %s; names in a store are unique: give the folder"
                    .formatted(second, name, first)
                + " above them, and names keep their folders; or use --names sequence"));
  }
}
