package dev.maskmap.convert.coco;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The categories of a file by number, whichever of its sections names them first. */
final class CategoryTable {
  /** Nine times the largest list of classes that is in use. A file of millions is none. */
  private static final int MAX = 100_000;

  private static final int LISTED = 12;

  private final TextIndex ids = new TextIndex();
  private final Map<Integer, String> names = new HashMap<>();

  /**
   * Returns the number of the category with this id.
   *
   * @throws IOException if there are too many
   */
  int number(String id) throws IOException {
    int category = ids.intern(id);
    if (category >= MAX) {
      throw new IOException("has more than %d categories".formatted(MAX));
    }
    return category;
  }

  /**
   * Names a category.
   *
   * @throws IOException if it has another name already
   */
  void declare(String id, String name) throws IOException {
    String other = names.putIfAbsent(number(id), name);
    if (other != null && !other.equals(name)) {
      throw new IOException(
          "category %s is declared twice, as '%s' and as '%s'".formatted(id, other, name));
    }
  }

  int size() {
    return ids.size();
  }

  /** Returns the name, or the id where there is none. */
  String name(int category) {
    return names.getOrDefault(category, ids.get(category));
  }

  /** Returns for each category the first of the same name: two ids of one name are one category. */
  int[] firstOfName() {
    Map<String, Integer> first = new HashMap<>();
    int[] out = new int[size()];
    for (int category = 0; category < out.length; category++) {
      Integer before = first.putIfAbsent(name(category), category);
      out[category] = before == null ? category : before;
    }
    return out;
  }

  /**
   * Returns the categories that are meant by names or ids.
   *
   * @throws IOException if one of {@code wanted} is neither
   */
  BitSet select(List<String> wanted) throws IOException {
    BitSet selected = new BitSet();
    for (String word : wanted) {
      BitSet found = named(word);
      int id = ids.find(word);
      if (found.isEmpty() && id < 0) {
        throw new IOException("no category '%s': it has %s".formatted(word, list()));
      }
      if (found.isEmpty()) {
        found.set(id);
      }
      selected.or(found);
    }
    return selected;
  }

  private BitSet named(String name) {
    BitSet found = new BitSet();
    for (int category = 0; category < size(); category++) {
      if (name(category).equals(name)) {
        found.set(category);
      }
    }
    return found;
  }

  private String list() {
    List<String> some = new ArrayList<>();
    for (int category = 0; category < Math.min(LISTED, size()); category++) {
      some.add(name(category));
    }
    String rest = size() > LISTED ? " and %d more".formatted(size() - LISTED) : "";
    return some.isEmpty() ? "no categories" : String.join(", ", some) + rest;
  }
}
