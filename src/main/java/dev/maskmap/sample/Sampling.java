package dev.maskmap.sample;

import dev.maskmap.MaskStore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable Units weights;

  private Sampling(
      Masks masks, Patch patch, SmallMasks small, int perMask, @Nullable Units weights) {
    this.masks = masks;
    this.patch = patch;
    this.small = small;
    this.perMask = perMask;
    this.weights = weights;
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
    return new Sampling(masks, new Patch(height, width), SmallMasks.ERROR, 1, null);
  }

  /** What becomes of masks that are smaller than a patch. */
  public Sampling smallMasks(SmallMasks rule) {
    return new Sampling(masks, patch, rule, perMask, weights);
  }

  /**
   * How many patches of each mask an epoch has. Not for {@link #grid}, which has as many as there
   * are.
   *
   * @throws IllegalArgumentException if it is below 1, or an epoch would have more than 2^62
   */
  public Sampling patchesPerMask(int patches) {
    Deal.of(masks, patches);
    return new Sampling(masks, patch, small, patches, weights);
  }

  /**
   * How likely each mask is: 2 comes twice as often as 1, and 0 never. The masks of patches are
   * then drawn, as dice are, and no longer dealt; an epoch is as long as without weights. For
   * {@link #uniform} and {@link #foreground}. Weights are counted in steps of 2^-20. Keeps 16 bytes
   * for each mask.
   *
   * @param weights one for each mask that this draws from, in their order: 0 to 2^42
   * @throws IllegalArgumentException if there are more or fewer, one is out of range or above 0 and
   *     not half a step, or all together are 0 or above 2^42
   */
  public Sampling weights(double... weights) {
    return with(Units.of(masks, weights));
  }

  /**
   * As {@link #weights(double...)}, of weights by name. Those of masks that this does not draw from
   * do not count.
   *
   * @throws IllegalArgumentException as {@link #weights(double...)}
   */
  public Sampling weights(Weights weights) {
    return with(weights.units(masks));
  }

  private Sampling with(Units units) {
    return new Sampling(masks, patch, small, perMask, units);
  }

  /**
   * Every mask equally often, in shuffled order, or as often as its weight says; and in it every
   * place equally likely.
   *
   * @throws IllegalArgumentException if a mask is smaller than the patch, and that is an error
   */
  public Sampler uniform() {
    return new UniformSampler(this, deal());
  }

  /**
   * Every place of all masks equally likely, so that large masks come more often. Masks are drawn
   * each time, as dice are.
   *
   * @throws IllegalArgumentException as {@link #uniform}; also if there are weights
   */
  public Sampler byArea() {
    refuseWeights("byArea");
    Masks all = usable();
    return AreaSampler.of(this, all, Deal.of(all, perMask).size());
  }

  /**
   * The first {@code round(share * batch)} patches of each batch contain a foreground pixel, drawn
   * uniformly from the foreground of the mask whose turn it is; the other patches are uniform.
   * Patch k is number {@code k mod batch} of its batch.
   *
   * <p>In the place of a mask without foreground another one is drawn: uniformly, or by weight, 64
   * times at most, and then by its foreground. So masks with foreground come more often, the more
   * there are without.
   *
   * @throws IllegalArgumentException as {@link #uniform}; also if the share is not 0 to 1 or comes
   *     to no patch, the batch below 1, or no mask has foreground
   */
  public Sampler foreground(double share, int batch) {
    return ForegroundSampler.of(this, deal(), share, batch, false);
  }

  /**
   * As {@link #foreground}, with the pixel drawn uniformly from the foreground of all masks: those
   * with much of it come more often.
   *
   * @throws IllegalArgumentException as {@link #foreground}; also if there are weights
   */
  public Sampler foregroundOfAll(double share, int batch) {
    refuseWeights("foregroundOfAll");
    return ForegroundSampler.of(this, deal(), share, batch, true);
  }

  /**
   * Of each batch the first {@code round(share * batch)} patches contain a foreground pixel of the
   * first class, drawn uniformly from all foreground of that class; the next those of the second
   * class, and so on; the other patches are uniform. So a rare class comes as often as its share
   * says, and each of its pixels as often as any other of it.
   *
   * <p>Classes are other masks of the same pixels, such as other stores made of one label map. A
   * subset of masks is to be taken of each of them alike.
   *
   * @param classes in order; together they have a share of 1 or less
   * @param batch patches over which the shares hold
   * @throws IllegalArgumentException as {@link #uniform}; also if there is no class, a share comes
   *     to no patch, all together to more than a batch, a class that has a share has no foreground,
   *     or the masks of a class differ from these in number, choice or size (names the first)
   */
  public Sampler foregroundOfClasses(List<ClassShare> classes, int batch) {
    refuseWeights("foregroundOfClasses");
    Masks[] planes = new Masks[classes.size()];
    long[] removed = removed();
    for (int i = 0; i < planes.length; i++) {
      planes[i] = without(Planes.check(masks, classes.get(i)), removed);
    }
    return ClassSampler.of(this, deal(), classes, planes, batch);
  }

  /**
   * What {@link #uniform}, {@link #byArea} or one of those on foreground draws, drawn again until a
   * patch has foreground enough. What it draws says whether it has, patch by patch: {@link
   * Sampler#draw(long, long, long, Place)} returns false where it gave up.
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
    if (masks.ofStore() instanceof StoreMasks own && !sampler.isOf(own.store())) {
      throw new IllegalArgumentException(
          "atLeast counts the foreground of %s, and the sampler '%s' draws from another store"
              .formatted(own.store().path(), sampler.describe()));
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
   * As {@link #atLeast(Sampler, long, int)}, of a part of the patch's pixels, those outside of a
   * mask that is smaller included: 0.05 is a twentieth of them, and 1.0 all, where 1 is one pixel.
   *
   * @throws IllegalArgumentException as there; also if the part is not 0 to 1
   */
  public Sampler atLeast(Sampler sampler, double part, int attempts) {
    if (!(part >= 0 && part <= 1)) {
      throw new IllegalArgumentException(
          "at least %s of a patch's pixels: expected 0.0 to 1.0".formatted(part));
    }
    double all = (double) patch.height() * patch.width();
    long pixels = (long) Math.ceil(part * all);
    // The product may have been rounded up across a whole number.
    boolean fewerDo = pixels > 0 && (pixels - 1) / all >= part;
    return atLeast(sampler, fewerDo ? pixels - 1 : pixels, attempts);
  }

  /**
   * Every mask from top left to bottom right, for validation: patches lie {@code strideY} rows and
   * {@code strideX} columns apart, and the last ones end at the mask's edge. With strides of the
   * patch's size they touch, with smaller ones they overlap. A {@link Stitcher} puts what was
   * predicted for them together again.
   *
   * @throws IllegalArgumentException as {@link #uniform}; also if a stride is below 1, there are
   *     weights, or 2^63 patches and more
   */
  public Sampler grid(int strideY, int strideX) {
    refuseWeights("grid");
    return GridSampler.of(this, usable(), strideY, strideX);
  }

  /**
   * As {@link #grid}, with patches that share so many rows and columns with the next ones.
   *
   * @param pixels 0 or more, fewer than the patch's sides
   * @throws IllegalArgumentException as {@link #grid}; also if the overlap is not in that range
   */
  public Sampler gridOverlap(int pixels) {
    int side = Math.min(patch.height(), patch.width());
    if (pixels < 0 || pixels >= side) {
      throw new IllegalArgumentException(
          "patches of %d x %d that overlap by %d pixels: expected 0 to %d"
              .formatted(patch.height(), patch.width(), pixels, side - 1));
    }
    return grid(patch.height() - pixels, patch.width() - pixels);
  }

  Masks masks() {
    return masks;
  }

  Patch patch() {
    return patch;
  }

  /** A sampler's description, which begins with its kind. */
  String describe(String kind) {
    return "%s %dx%d per_mask=%d small=%s masks=%s%s"
        .formatted(
            kind,
            patch.height(),
            patch.width(),
            perMask,
            small.name().toLowerCase(Locale.ROOT),
            masks.describe(),
            weights == null ? "" : " weights=" + weights.checksum());
  }

  private void refuseWeights(String sampler) {
    if (weights != null) {
      throw new IllegalArgumentException(
          "%s draws by pixels or in order and takes no weights; uniform and foreground do"
              .formatted(sampler));
    }
  }

  /** How masks are dealt: only those that have a weight, where there are weights. */
  private Deal deal() {
    long[] removed = removed();
    if (weights == null) {
      return Deal.of(without(masks, removed), perMask);
    }
    long[] none =
        LongStream.concat(Arrays.stream(removed), Arrays.stream(weights.none()))
            .sorted()
            .distinct()
            .toArray();
    if (none.length == masks.size()) {
      throw new IllegalArgumentException(
          "all masks that are as large as the patch of %d x %d pixels (height x width) have weight 0"
              .formatted(patch.height(), patch.width()));
    }
    long all = masks.size() - removed.length;
    return Deal.of(without(masks, none), perMask, all, weights.without(none));
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
    return without(masks, removed());
  }

  private static Masks without(Masks masks, long[] removed) {
    return removed.length == 0 ? masks : masks.without(removed);
  }

  /** The masks that the rule takes away. */
  private long[] removed() {
    long[] tooSmall = new long[0];
    int count = 0;
    long looked = masks.isUniform() ? 1 : masks.size();
    for (long i = 0; small != SmallMasks.PAD && i < looked; i++) {
      if (patch.fits(masks, i)) {
        continue;
      }
      if (small == SmallMasks.ERROR) {
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
      if (masks.isUniform()) {
        throw allTooSmall();
      }
      if (count == tooSmall.length) {
        tooSmall = Arrays.copyOf(tooSmall, Math.max(16, 2 * count));
      }
      tooSmall[count++] = i;
    }
    if (count == masks.size()) {
      throw allTooSmall();
    }
    return Arrays.copyOf(tooSmall, count);
  }

  private IllegalArgumentException allTooSmall() {
    return new IllegalArgumentException(
        "all %d masks are smaller than the patch of %d x %d pixels (height x width)"
            .formatted(masks.size(), patch.height(), patch.width()));
  }
}
