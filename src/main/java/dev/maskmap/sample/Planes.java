package dev.maskmap.sample;

/** Masks that are to be of the same pixels as others. */
final class Planes {
  private Planes() {}

  /**
   * Returns a class's masks.
   *
   * @throws IllegalArgumentException if they are not as many as the others, or another choice of
   *     masks, or one has another size; names the first
   */
  static Masks check(Masks masks, ClassShare one) {
    Masks plane = one.masks();
    if (plane.size() != masks.size()) {
      throw new IllegalArgumentException(
          "class '%s' has %d masks, and the others %d"
              .formatted(one.name(), plane.size(), masks.size()));
    }
    if (!plane.describe().equals(masks.describe())) {
      throw new IllegalArgumentException(
          "class '%s' has other masks of its store (%s) than are drawn from (%s); take the same of both"
              .formatted(one.name(), plane.describe(), masks.describe()));
    }
    long looked = plane.isUniform() && masks.isUniform() ? 1 : masks.size();
    for (long i = 0; i < looked; i++) {
      if (plane.height(i) != masks.height(i) || plane.width(i) != masks.width(i)) {
        throw new IllegalArgumentException(
            "mask %d has %d x %d pixels (height x width) in class '%s', and %d x %d in the others"
                .formatted(
                    masks.index(i),
                    plane.height(i),
                    plane.width(i),
                    one.name(),
                    masks.height(i),
                    masks.width(i)));
      }
    }
    return plane;
  }
}
