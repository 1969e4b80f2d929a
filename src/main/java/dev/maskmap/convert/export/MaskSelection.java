package dev.maskmap.convert.export;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.convert.pixels.PackedMask;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The masks of a store that are exported, in order. Safe for any number of threads, and of no use
 * after the store is closed.
 *
 * <p>The methods that read pixels throw {@link dev.maskmap.MaskAccessException} if the store's file
 * was cut short, and {@link IllegalStateException} if the store is closed.
 */
public final class MaskSelection {
  /** Longer arrays do not exist in every Java. */
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;

  private final MaskStore store;
  private final long[] masks;
  private final boolean sequence;

  private MaskSelection(MaskStore store, long[] masks, boolean sequence) {
    this.store = store;
    this.masks = masks;
    this.sequence = sequence;
  }

  /**
   * Selects masks by index.
   *
   * @param masks at least one; copied
   * @param sequence whether masks are named by their index, with zeros in front so that names sort
   *     as the masks do. Those of a store without names always are.
   */
  public static MaskSelection of(MaskStore store, long[] masks, boolean sequence) {
    return new MaskSelection(store, masks.clone(), sequence || !store.hasNames());
  }

  /**
   * Selects all masks of a store.
   *
   * @throws IllegalArgumentException if there are 2^31 or more
   */
  public static MaskSelection all(MaskStore store, boolean sequence) {
    if (store.size() > MAX_ARRAY) {
      throw new IllegalArgumentException(
          "%s: %,d masks are too many for one export; export some of them"
              .formatted(store.path(), store.size()));
    }
    return of(store, LongStream.range(0, store.size()).toArray(), sequence);
  }

  /** Number of masks selected. */
  public int size() {
    return masks.length;
  }

  String name(int i) {
    if (!sequence) {
      return store.name(masks[i]);
    }
    int digits = Math.max(6, Long.toString(store.size() - 1).length());
    return String.format(Locale.ROOT, "%0" + digits + "d", masks[i]);
  }

  /** What messages call a mask: its store, index and name. */
  String origin(int i) {
    String name = store.hasNames() ? " (" + store.name(masks[i]) + ")" : "";
    return "%s: mask %d%s".formatted(store.path(), masks[i], name);
  }

  /** What messages call all of them. */
  String origin() {
    return store.path().toString();
  }

  int height(int i) {
    return store.height(masks[i]);
  }

  int width(int i) {
    return store.width(masks[i]);
  }

  /** Pixels of a mask; about the bytes that it needs on its way out. */
  long pixels(int i) {
    return (long) height(i) * width(i);
  }

  /** Foreground pixels of a mask. */
  long area(int i) {
    return store.mask(masks[i]).count();
  }

  /**
   * Returns a copy of a mask's packed rows on the heap. Bits past the height are zero, those of
   * bare arrays too.
   *
   * @throws IllegalArgumentException if they do not fit one array
   */
  PackedMask packed(int i) {
    return new PackedMask(height(i), width(i), read(i, PixelType.PACKED, 0));
  }

  /**
   * Returns a new array of {@code before} zero bytes and the mask's pixels.
   *
   * @throws IllegalArgumentException if it would be too long
   */
  byte[] read(int i, PixelType type, int before) {
    int height = height(i);
    int width = width(i);
    long bytes = before + type.patchBytes(height, width);
    if (bytes > MAX_ARRAY) {
      throw new IllegalArgumentException(
          "%d x %d pixels are too many for this format".formatted(height, width));
    }
    byte[] out = new byte[(int) bytes];
    store.read(masks[i], 0, 0, height, width, type, MemorySegment.ofArray(out), before);
    return out;
  }
}
