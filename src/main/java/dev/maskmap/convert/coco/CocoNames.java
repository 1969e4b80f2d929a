package dev.maskmap.convert.coco;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Checks that the masks of a file get names that a store can hold, no two the same. */
final class CocoNames {
  /** What a store holds at most (docs/format.md). */
  private static final int MAX_BYTES = 4096;

  private final CocoIndex index;

  CocoNames(CocoIndex index) {
    this.index = index;
  }

  /**
   * Checks the names of images.
   *
   * @throws IOException if two are the same, or one is empty, too long or has control characters
   */
  void check() throws IOException {
    TextIndex seen = new TextIndex();
    for (int image = 0; image < index.images.size(); image++) {
      String name = index.imageName(image);
      check(name, "image " + index.images.id(image));
      if (seen.intern(name) < image) {
        throw new IOException(
            ("images %s and %s have the same name, '%s', without their extensions: masks need"
                    + " different names")
                .formatted(index.images.id(seen.find(name)), index.images.id(image), name));
      }
    }
  }

  /**
   * Checks the names of masks of annotations.
   *
   * @throws IOException if two annotations of one image have the same id, or a name cannot be held
   */
  void checkAnnotations(Selection selection) throws IOException {
    for (int image = 0; image < index.images.size(); image++) {
      Set<String> ids = new HashSet<>();
      String prefix = index.imageName(image) + "/";
      for (int annotation : selection.of(image)) {
        String id = index.annotations.id(annotation);
        check(prefix + id, "annotation " + id);
        if (!ids.add(id)) {
          throw new IOException(
              "annotation %s: another one of the same image has this id: masks need different names"
                  .formatted(id));
        }
      }
    }
  }

  /**
   * Checks that masks of categories can be named.
   *
   * @throws IOException if an annotation has no category, or a name cannot be held
   */
  void checkCategories(Selection selection) throws IOException {
    for (int category = 0; category < index.categories.size(); category++) {
      check(index.categories.name(category), "category " + index.categories.name(category));
    }
    for (int at = 0; at < index.annotations.size(); at++) {
      if (selection.has(at) && index.annotations.category(at) < 0) {
        throw new IOException(
            "annotation %s has no category: choose masks per image or per annotation"
                .formatted(index.annotations.id(at)));
      }
    }
  }

  private static void check(String name, String subject) throws IOException {
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IOException(
          "%s: the name of its mask is empty or has control characters: '%s'"
              .formatted(subject, shortened(name)));
    }
    int bytes = name.getBytes(UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new IOException(
          "%s: the name of its mask has %d bytes of UTF-8, more than %d"
              .formatted(shortened(subject), bytes, MAX_BYTES));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
