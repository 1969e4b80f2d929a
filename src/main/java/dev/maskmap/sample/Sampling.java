package dev.maskmap.sample;

import dev.maskmap.MaskStore;
import java.util.Arrays;

/**
 * What patches are drawn from and how large they are; a {@link Sampler} says which.
 *
 * <pre>{@code
 * Sampler sampler = Sampling.of(store, 256, 256).patchesPerMask(4).foreground(0.33, 64);
 * Place place = new Place();
 * sampler.draw(seed, epoch, k, place);
 * store.read(place.mask(), place.y(), place.x(), 256, 256, PixelType.UINT8, batch, offset);
 * }</pre>
 *
 * <p>Immutable: each method that changes something returns another.
 */
public final class Sampling {
  private static final int MOST_ATTEMPTS = 10_000;

  private final Masks masks;
  private final Patch patch;
  private final SmallMasks small;
  private final int perMask;

  private Sampling(Masks masks, Patch patch, SmallMasks small, int perMask) {
    this.masks = masks;
    this.patch = patch;
    this.small = small;
    this.perMask = perMask;
  }

  /**
   * Patches of {@code height} x {@code width} pixels of all masks of a store, which stays open
   * while they are drawn. A mask that is smaller is an error, and each mask gives one patch an
   * epoch.
   *
   * @throws IllegalArgumentException if a side is below 1, or the store is a bare array
   */
  public static Sampling of(MaskStore store, int height, int width) {
    return of(Masks.of(store), height, width);
  }

  /** The same of some masks, such as {@code Masks.of(store).without(validation)}. */
  public static Sampling of(Masks masks, int height, int width) {
    return new Sampling(masks, new Patch(height, width), SmallMasks.ERROR, 1);
  }

  /** What becomes of masks that are smaller than a patch. */
  public Sampling smallMasks(SmallMasks rule) {
    return new Sampling(masks, patch, rule, perMask);
  }

  /**
   * How many patches of each mask an epoch has. Not for {@link #grid}, which has as many as there
   * are.
   *
   * @throws IllegalArgumentException if it is below 1, or an epoch would have more than 2^62
   */
  public Sampling patchesPerMask(int patches) {
    Deal.of(masks, patches);
    return new Sampling(masks, patch, small, patches);
  }

  /**
   * Every mask equally often, in shuffled order, and in it every place equally likely.
   *
   * @throws IllegalArgumentException if a mask is smaller than the patch, and that is an error
   */
  public Sampler uniform() {
    return new UniformSampler(patch, Deal.of(usable(), perMask));
  }

  /**
   * Every place of all masks equally likely, so that large masks come more often. Masks are drawn
   * each time, as dice are.
   *
   * @throws IllegalArgumentException as {@link #uniform}
   */
  public Sampler byArea() {
    Masks all = usable();
    return AreaSampler.of(patch, all, Deal.of(all, perMask).size());
  }

  /**
   * The first {@code round(share * batch)} patches of each batch contain a foreground pixel, drawn
   * uniformly from the foreground of the mask whose turn it is; the other patches are uniform.
   * Patch k is number {@code k mod batch} of its batch.
   *
   * <p>In the place of a mask without foreground another one is drawn: uniformly 64 times at most,
   * and then by its foreground. So masks with foreground come more often, the more there are
   * without.
   *
   * @throws IllegalArgumentException as {@link #uniform}; also if the share is not 0 to 1, the
   *     batch below 1, or no mask has foreground
   */
  public Sampler foreground(double share, int batch) {
    return ForegroundSampler.of(patch, Deal.of(usable(), perMask), share, batch, false);
  }

  /**
   * As {@link #foreground}, with the pixel drawn uniformly from the foreground of all masks: those
   * with much of it come more often.
   *
   * @throws IllegalArgumentException as {@link #foreground}
   */
  public Sampler foregroundOfAll(double share, int batch) {
    return ForegroundSampler.of(patch, Deal.of(usable(), perMask), share, batch, true);
  }

  /**
   * What {@link #uniform}, {@link #byArea} or one of those on foreground draws, drawn again until a
   * patch has foreground enough.
   *
   * @param sampler made by this
   * @param pixels of foreground, at least
   * @param attempts after which it gives up, and leaves the last: 1 to 10,000
   * @throws IllegalArgumentException if the sampler is of another kind or has patches of another
   *     size, or a number is out of range
   */
  public Sampler atLeast(Sampler sampler, long pixels, int attempts) {
    long all = (long) patch.height() * patch.width();
    if (pixels < 0 || pixels > all) {
      throw new IllegalArgumentException(
          "at least %d pixels of foreground: a patch has 0 to %d".formatted(pixels, all));
    }
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "%d attempts: expected 1 to %d".formatted(attempts, MOST_ATTEMPTS));
    }
    if (!(sampler instanceof SizedSampler sized && sized.patch().equals(patch))
        || sampler instanceof GridSampler) {
      throw new IllegalArgumentException(
          "atLeast draws again what uniform, byArea or foreground drew, in patches of %d x %d"
              .formatted(patch.height(), patch.width()));
    }
    return new AtLeastSampler(sampler, masks.ofStore(), pixels, attempts);
  }

  /**
   * Every mask from top left to bottom right, for validation: patches lie {@code strideY} rows and
   * {@code strideX} columns apart, and the last ones end at the mask's edge. With strides of the
   * patch's size they touch, with smaller ones they overlap.
   *
   * @throws IllegalArgumentException as {@link #uniform}; also if a stride is below 1, or there are
   *     2^63 patches and more
   */
  public Sampler grid(int strideY, int strideX) {
    return GridSampler.of(patch, usable(), strideY, strideX);
  }

  /**
   * Places that the caller chose, in the order given: hard examples, or what a sampler of another
   * library drew. Patch k is that at {@code y[k]}, {@code x[k]} of mask {@code mask[k]} of the
   * store. A mask smaller than the patch has the one place 0, whatever {@link #smallMasks} says.
   *
   * @throws IllegalArgumentException if there is none, the three are not of one length, or a patch
   *     does not lie in its mask
   */
  public Sampler at(long[] mask, int[] y, int[] x) {
    return ListedSampler.of(patch, masks.ofStore(), mask, y, x);
  }

  /** The masks that the rule leaves. */
  private Masks usable() {
    long[] tooSmall = new long[0];
    int count = 0;
    long looked = masks.isUniform() ? 1 : masks.size();
    for (long i = 0; small != SmallMasks.PAD && i < looked; i++) {
      if (patch.fits(masks, i)) {
        continue;
      }
      if (small == SmallMasks.ERROR || masks.isUniform()) {
        throw new IllegalArgumentException(
            "mask %d has %d x %d pixels (height x width), fewer than the patch of %d x %d; smallMasks"
                    .formatted(
                        masks.index(i),
                        masks.height(i),
                        masks.width(i),
                        patch.height(),
                        patch.width())
                + " pads or skips such masks");
      }
      if (count == tooSmall.length) {
        tooSmall = Arrays.copyOf(tooSmall, Math.max(16, 2 * count));
      }
      tooSmall[count++] = i;
    }
    if (count == masks.size()) {
      throw new IllegalArgumentException(
          "all %d masks are smaller than the patch of %d x %d pixels (height x width)"
              .formatted(count, patch.height(), patch.width()));
    }
    return count == 0 ? masks : masks.without(Arrays.copyOf(tooSmall, count));
  }
}
