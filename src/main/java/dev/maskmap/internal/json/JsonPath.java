package dev.maskmap.internal.json;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in its document, such as {@code files.masks} or {@code parts[3]}. A chain
 * and not a string, so that a document of many small objects under a long name costs no memory.
 *
 * @param parent null for the document itself
 * @param name a member's name, or null where {@code index} counts
 */
record JsonPath(@Nullable JsonPath parent, @Nullable String name, int index) {
  static final JsonPath ROOT = new JsonPath(null, null, 0);

  JsonPath member(String member) {
    return new JsonPath(this, member, 0);
  }

  JsonPath item(int item) {
    return new JsonPath(this, null, item);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    if (name == null) {
      return parent + "[" + index + "]";
    }
    return (parent.parent == null ? "" : parent + ".") + Messages.name(name);
  }
}
