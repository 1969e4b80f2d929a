package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores of which each has one class of the same images: mask i of all of them is of one image, and
 * has one name and one size. In a batch they are the planes of a patch, {@code (batch, planes,
 * height, width)}, or with {@link #asClasses} one number a pixel.
 *
 * <pre>{@code
 * SequencedMap<String, MaskStore> stores = new LinkedHashMap<>();
 * stores.put("road", road);
 * stores.put("car", car);
 * PatchLoader.of(MaskPlanes.of(stores), sampler);
 * }</pre>
 *
 * <p>Immutable. The stores belong to the caller, who closes them after the loader.
 */
public final class MaskPlanes {
  /** As many as there are numbers of a byte beside 0 and one that says "ignore". */
  private static final int MOST_CLASSES = 254;

  private final List<String> names;
  private final List<MaskStore> stores;
  private final boolean classes;
  private final @Nullable MaskStore valid;
  private final int ignore;
  private final List<MaskStore> all;

  private MaskPlanes(
      List<String> names,
      List<MaskStore> stores,
      boolean classes,
      @Nullable MaskStore valid,
      int ignore) {
    this.names = names;
    this.stores = stores;
    this.classes = classes;
    this.valid = valid;
    this.ignore = ignore;
    all = Stream.concat(stores.stream(), Stream.ofNullable(valid)).toList();
  }

  /**
   * Planes in the order of the map. Compares the names and sizes of all masks.
   *
   * @param stores by the name of their class; one or more
   * @throws IllegalArgumentException if there is none, or a mask has another name or size in one
   *     store than in the first: the message names it
   * @throws IllegalStateException if a store is closed or damaged
   * @throws dev.maskmap.MaskAccessException if a file was cut short
   */
  public static MaskPlanes of(SequencedMap<String, MaskStore> stores) {
    if (stores.isEmpty()) {
      throw new IllegalArgumentException("no stores; give one for each class");
    }
    List<String> names = List.copyOf(stores.keySet());
    List<MaskStore> all = List.copyOf(stores.values());
    for (int p = 1; p < all.size(); p++) {
      checkSame(all.getFirst(), all.get(p), "class '%s'".formatted(names.get(p)));
    }
    return new MaskPlanes(names, all, false, null, 0);
  }

  /** A store of its own: one plane without a name. */
  static MaskPlanes of(MaskStore store) {
    return new MaskPlanes(List.of(""), List.of(store), false, null, 0);
  }

  private static void checkSame(MaskStore first, MaskStore other, String what) {
    if (other.size() != first.size()) {
      throw new IllegalArgumentException(
          "%s: %s has %d masks, and %s has %d; expected the same masks in both"
              .formatted(what, other.path(), other.size(), first.path(), first.size()));
    }
    boolean sizesAreOne = first.isUniform() && other.isUniform();
    boolean named = first.hasNames() && other.hasNames();
    for (long i = 0; i < first.size(); i++) {
      boolean sameSize =
          (sizesAreOne && i > 0)
              || (first.height(i) == other.height(i) && first.width(i) == other.width(i));
      if (!sameSize || (named && !first.name(i).equals(other.name(i)))) {
        throw new IllegalArgumentException(
            "%s: mask %d of %s is %s, and in %s it is %s; expected the same masks in both, in one order"
                .formatted(what, i, other.path(), text(other, i), first.path(), text(first, i)));
      }
    }
  }

  private static String text(MaskStore store, long mask) {
    return "'%s' of %d x %d pixels (height x width)"
        .formatted(store.name(mask), store.height(mask), store.width(mask));
  }

  /**
   * One number a pixel in place of planes: 0 where no class has foreground, 1 for the first class,
   * 2 for the second and so on. Batches are of type {@code UINT8} or {@code INT64}. A pixel that
   * two classes have is an error of its batch.
   *
   * @throws IllegalArgumentException if there are more than 254 classes
   */
  public MaskPlanes asClasses() {
    return classes(null, 0);
  }

  /**
   * As {@link #asClasses()}, for images that are labelled in part.
   *
   * @param valid the foreground says which pixels count; the same masks again. Other pixels may
   *     have any class, or two
   * @param ignore the number of pixels that do not count, also of those past the end of a mask that
   *     is smaller than the patch; 0 to 255, or anything for batches of {@code INT64}
   * @throws IllegalArgumentException if the masks differ, there are more than 254 classes, or the
   *     number is that of a class
   * @throws IllegalStateException if a store is closed or damaged
   * @throws dev.maskmap.MaskAccessException if a file was cut short
   */
  public MaskPlanes asClasses(MaskStore valid, int ignore) {
    checkSame(stores.getFirst(), valid, "pixels that count");
    if (ignore >= 0 && ignore <= stores.size()) {
      throw new IllegalArgumentException(
          "%d for pixels that do not count: classes have 0 to %d; take another number"
              .formatted(ignore, stores.size()));
    }
    return classes(valid, ignore);
  }

  private MaskPlanes classes(@Nullable MaskStore counting, int number) {
    if (stores.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "%d classes: expected at most %d".formatted(stores.size(), MOST_CLASSES));
    }
    return new MaskPlanes(names, stores, true, counting, number);
  }

  /** The names of the classes, in order. */
  public List<String> names() {
    return names;
  }

  /** The stores, in order, without the one that says which pixels count. */
  public List<MaskStore> stores() {
    return stores;
  }

  @Nullable MaskStore valid() {
    return valid;
  }

  int ignore() {
    return ignore;
  }

  /** Planes that a patch has in a batch. */
  int planes() {
    return classes ? 1 : stores.size();
  }

  /** The store that is asked for sizes and names. */
  MaskStore first() {
    return stores.getFirst();
  }

  /** All stores, the one that says which pixels count behind the others. */
  List<MaskStore> all() {
    return all;
  }

  PatchReader reader(PatchShape shape) {
    if (!classes) {
      return new PlaneReader(stores, shape);
    }
    PixelType type = shape.type();
    if (type != PixelType.UINT8 && type != PixelType.INT64) {
      throw new IllegalArgumentException("classes as %s: expected UINT8 or INT64".formatted(type));
    }
    if (type == PixelType.UINT8 && (ignore < 0 || ignore > 255)) {
      throw new IllegalArgumentException(
          "%d for pixels that do not count: UINT8 holds 0 to 255; take one of those, or INT64"
              .formatted(ignore));
    }
    PatchShape bytes = new PatchShape(PixelType.UINT8, shape.height(), shape.width());
    return new ClassReader(this, type, bytes);
  }
}
