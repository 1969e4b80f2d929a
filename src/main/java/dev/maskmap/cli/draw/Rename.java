package dev.maskmap.cli.draw;

/**
 * How the name of a mask becomes that of its image: {@code from}, where it occurs last, is {@code
 * to}.
 */
public record Rename(String from, String to) {
  /** Names stay as they are. */
  public static final Rename NONE = new Rename("", "");

  /** Returns the name of the image. */
  public String apply(String name) {
    int at = from.isEmpty() ? -1 : name.lastIndexOf(from);
    return at < 0 ? name : name.substring(0, at) + to + name.substring(at + from.length());
  }
}
