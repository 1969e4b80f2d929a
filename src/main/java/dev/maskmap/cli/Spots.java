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
   * As {@link #draw}, but every patch holds foreground: one is drawn again up to {@value #DRAWS}
   * times, and then laid over a foreground pixel near a random place instead.
   *
   * @param pool of masks that all hold foreground
   */
  static List<Spot> drawForeground(MaskPool pool, int count, Size size, long seed) {
    Spots spots = new Spots(pool, new SplittableRandom(seed));
    List<Spot> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(spots.nextForeground(size));
    }
    return drawn;
  }

  private Spot nextForeground(Size size) {
    Spot spot = next(size);
    for (int i = 1; i < DRAWS && isEmpty(spot); i++) {
      spot = next(size);
    }
    return isEmpty(spot) ? over(spot) : spot;
  }

  private boolean isEmpty(Spot spot) {
    return pool.store().mask(spot.mask()).count(spot.region()) == 0;
  }

  /** The patch moved over the next foreground pixel of its mask, which lies anywhere in it then. */
  private Spot over(Spot spot) {
    Mask mask = pool.store().mask(spot.mask());
    Region region = spot.region();
    long pixel = mask.nextForeground((long) region.y() * mask.width());
    pixel = pixel < 0 ? mask.nextForeground(0) : pixel;
    int y = start((int) (pixel / mask.width()), region.height(), mask.height());
    int x = start((int) (pixel % mask.width()), region.width(), mask.width());
    return new Spot(spot.mask(), Region.of(y, x, region.height(), region.width()));
  }

  private int start(int pixel, int length, int end) {
    return Math.clamp((long) pixel - random.nextInt(length), 0, end - length);
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
