package dev.maskmap.cli;

import dev.maskmap.Mask;
import dev.maskmap.MaskStore;
import dev.maskmap.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Draws what a sheet shows. The same seed draws the same. */
record Spots(MaskPool pool, SplittableRandom random) {
  /** A patch without foreground is drawn again so often. */
  private static final int DRAWS = 100;

  /** All masks of a pool, whole, in its order. */
  static List<Spot> whole(MaskPool pool) {
    return LongStream.range(0, pool.size())
        .mapToObj(i -> Spot.whole(pool.store(), pool.mask(i)))
        .toList();
  }

  /**
   * Draws {@code count} patches: masks uniform over the pool, origins uniform over each mask. Where
   * a side of a mask is shorter than the patch, the patch is cut to it.
   */
  static List<Spot> draw(MaskPool pool, int count, Size size, long seed) {
    Spots spots = new Spots(pool, new SplittableRandom(seed));
    List<Spot> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(spots.next(size));
    }
    return drawn;
  }

  /**
   * As {@link #draw}, but each patch is drawn again while it holds no foreground, up to {@value
   * #DRAWS} times. Where none did, the patch is left out: so there may be fewer.
   */
  static List<Spot> drawForeground(MaskPool pool, int count, Size size, long seed) {
    Spots spots = new Spots(pool, new SplittableRandom(seed));
    List<Spot> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spots.addForeground(drawn, size);
    }
    return drawn;
  }

  private void addForeground(List<Spot> drawn, Size size) {
    for (int i = 0; i < DRAWS; i++) {
      Spot spot = next(size);
      if (pool.store().mask(spot.mask()).count(spot.region()) > 0) {
        drawn.add(spot);
        return;
      }
    }
  }

  private Spot next(Size size) {
    MaskStore store = pool.store();
    Mask mask = store.mask(pool.mask(random.nextLong(pool.size())));
    int height = Math.min(size.height(), mask.height());
    int width = Math.min(size.width(), mask.width());
    int y = random.nextInt(mask.height() - height + 1);
    int x = random.nextInt(mask.width() - width + 1);
    return new Spot(mask.index(), Region.of(y, x, height, width));
  }
}
