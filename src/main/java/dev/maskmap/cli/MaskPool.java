package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The masks that a sheet takes its patches from, in an order. Immutable. */
final class MaskPool {
  private final MaskStore store;

  /** Null where it is every mask of the store: there may be more than an array holds. */
  private final long @Nullable [] masks;

  private MaskPool(MaskStore store, long @Nullable [] masks) {
    this.store = store;
    this.masks = masks;
  }

  private record Ranked(long mask, double share) {}

  /** Every mask of the store. */
  static MaskPool all(MaskStore store) {
    return new MaskPool(store, null);
  }

  /**
   * The masks of these names or indexes, in this order.
   *
   * @throws IOException if the store lacks one
   */
  static MaskPool of(MaskStore store, List<String> names) throws IOException {
    long[] masks = new long[names.size()];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = MaskLookup.index(store, names.get(i));
    }
    return new MaskPool(store, masks);
  }

  /**
   * The {@code count} masks of this pool with the least share of foreground, the least first, or
   * with the most, the most first. Of equal ones the first in the store.
   */
  MaskPool extreme(int count, boolean fullest) {
    Comparator<Ranked> order = Comparator.comparingDouble(Ranked::share);
    order = (fullest ? order.reversed() : order).thenComparingLong(Ranked::mask);
    // Its head is the one to go, so that it never holds more than count.
    PriorityQueue<Ranked> best = new PriorityQueue<>(order.reversed());
    for (long i = 0; i < size(); i++) {
      long mask = mask(i);
      best.add(new Ranked(mask, ForegroundShares.share(store.mask(mask))));
      if (best.size() > count) {
        best.remove();
      }
    }
    return new MaskPool(store, best.stream().sorted(order).mapToLong(Ranked::mask).toArray());
  }

  /**
   * The masks that hold any foreground.
   *
   * @throws IOException if none does
   */
  MaskPool withForeground() throws IOException {
    long[] full = LongStream.range(0, size()).map(this::mask).filter(this::hasForeground).toArray();
    if (full.length == 0) {
      throw new IOException(
          "%s: no mask of those chosen holds any foreground (masks looked at: %d)"
              .formatted(store.path(), size()));
    }
    return new MaskPool(store, full);
  }

  private boolean hasForeground(long mask) {
    // A store has sums; an array is read up to the first pixel.
    return store.id().isEmpty()
        ? store.mask(mask).nextForeground(0) >= 0
        : store.mask(mask).count() > 0;
  }

  /** {@code count} different masks of the pool, drawn with this seed, or all; in its order. */
  MaskPool draw(int count, long seed) {
    if (size() <= count) {
      return this;
    }
    SplittableRandom random = new SplittableRandom(seed);
    long[] places =
        LongStream.generate(() -> random.nextLong(size())).distinct().limit(count).toArray();
    Arrays.sort(places);
    return new MaskPool(store, Arrays.stream(places).map(this::mask).toArray());
  }

  /** How many masks it holds, at least 1. */
  long size() {
    return masks == null ? store.size() : masks.length;
  }

  /** The mask at {@code place}, 0 to {@code size() - 1}. */
  long mask(long place) {
    return masks == null ? place : masks[Math.toIntExact(place)];
  }

  MaskStore store() {
    return store;
  }
}
