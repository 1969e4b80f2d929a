package dev.maskmap.convert;

import java.util.Locale;

/** How the masks of an import are named. */
public enum Naming {
  /** By their path from the argument, '/' between its parts, without extension. */
  PATH,
  /** By the last part of that. */
  STEM,
  /** By a running number over all inputs, zero-padded. */
  SEQUENCE;

  /** Returns it as the option gives it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the name of the mask {@code item} from the file {@code file}.
   *
   * @param position how many items came before it
   * @param digits of a running number
   */
  String of(String file, String item, long position, int digits) {
    return switch (this) {
      case PATH -> item;
      case STEM -> stem(file, item);
      case SEQUENCE -> String.format(Locale.ROOT, "%0" + digits + "d", position);
    };
  }

  /** A file of several masks adds numbers to its name: {@code a/stack/07} is {@code stack/07}. */
  private static String stem(String file, String item) {
    boolean numbered = item.startsWith(file + "/");
    return numbered ? last(file) + item.substring(file.length()) : last(item);
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
