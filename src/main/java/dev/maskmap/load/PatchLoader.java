package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.image.ImageCrops;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import dev.maskmap.sample.Turns;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Batches of patches for a training loop: drawn by a {@link Sampler}, read by threads ahead of the
 * consumer into native memory that is used again and again.
 *
 * <pre>{@code
 * try (PatchLoader loader = PatchLoader.of(store, sampler).batch(64).workers(2).seed(7).open()) {
 *   for (long e = 0; e < epochs; e++) {
 *     try (Epoch epoch = loader.epoch(e)) {
 *       while (epoch.hasNext()) {
 *         try (Batch batch = epoch.next()) {
 *           train(batch.patches(), batch.size());
 *         }
 *       }
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>What is in a batch, and in which order batches come, depends on the seed, the epoch, the
 * sampler, the store and the rank alone: not on threads, nor on how many batches are in flight. It
 * owns the memory of its batches, and the caller the store, which stays open meanwhile. An epoch
 * starts threads; after its first batches nothing is allocated.
 *
 * <p>For one consumer thread, which has one epoch at a time.
 */
public final class PatchLoader implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MaskPlanes masks;
  private final Ring ring;
  private final int parts;
  private final Filler filler;
  private final LoaderState.Source source;
  private final boolean allowChanges;
  private final Plan plan;
  private final List<PatchScratch> scratch = new ArrayList<>();
  private final long memory;
  private @Nullable Epoch current;
  private boolean closed;

  PatchLoader(LoaderOptions options) {
    plan = options.plan();
    allowChanges = options.allowsChanges();
    masks = options.masks();
    ring = new Ring(options.inFlight());
    parts = options.parts();
    try {
      PatchReader reader = options.reader();
      ImageCrops images = options.images();
      filler =
          new Filler(
              masks.first(),
              reader,
              options.shape(),
              images,
              options.sampler(),
              options.turns(),
              options.seed());
      source =
          new LoaderState.Source(
              options.sampler().describe(),
              options.turns().name().toLowerCase(Locale.ROOT),
              masks.all().stream().map(MaskStore::id).toList(),
              images == null ? "" : images.store().fingerprint());
      for (int i = 0; i < options.workers(); i++) {
        scratch.add(new PatchScratch(filler, arena));
      }
      SlotLayout layout = options.slot();
      List<MemorySegment> slots = options.slots(arena);
      for (int i = slots.size() - 1; i >= 0; i--) {
        ring.add(
            new Batch(
                ring,
                i,
                slots.get(i),
                layout,
                options.shape(),
                masks.planes(),
                plan.batch(),
                parts));
      }
      memory = options.memoryBytes() + scratch.stream().mapToLong(PatchScratch::bytes).sum();
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** Begins to make a loader of patches that a sampler draws of a store. */
  public static LoaderOptions of(MaskStore store, Sampler sampler) {
    return new LoaderOptions(MaskPlanes.of(store), sampler);
  }

  /** Begins to make a loader of patches of several planes, or of classes. */
  public static LoaderOptions of(MaskPlanes masks, Sampler sampler) {
    return new LoaderOptions(masks, sampler);
  }

  /**
   * Begins an epoch. One that is under way is closed.
   *
   * @throws IllegalStateException if the loader is closed
   */
  public Epoch epoch(long epoch) {
    return begin(epoch, 0);
  }

  /**
   * Begins an epoch of places that the caller chose: hard examples, or what other code drew. They
   * come in the order given and as they lie, in batches of the loader's size of which the last may
   * have fewer, all of them to this rank. One that is under way is closed.
   *
   * @param mask of each patch
   * @param y first pixel row of each
   * @param x first column of each
   * @throws IllegalArgumentException if there is none, the three are not of one length, or a patch
   *     does not lie in its mask
   * @throws IllegalStateException if the loader is closed
   */
  public Epoch read(long[] mask, int[] y, int[] x) {
    Sampler drawn = filler.sampler();
    Sampler listed = Sampling.of(masks.first(), drawn.height(), drawn.width()).at(mask, y, x);
    return begin(
        new Filler(
            filler.sizes(),
            filler.reader(),
            filler.shape(),
            filler.images(),
            listed,
            Turns.NONE,
            filler.seed()),
        null,
        new Plan(listed.size(), plan.batch(), true, 0, 1, Uneven.DROP),
        0,
        0);
  }

  /**
   * Goes on where a loader was, of this or another process: after the batches that had been handed
   * out when {@link Epoch#state} said so. The number of ranks may be another now; what no rank had
   * is dealt out to those there are.
   *
   * @throws IllegalArgumentException if the state has another seed, does not lie between two
   *     batches of this size, or is of another sampler or of other stores and {@link
   *     LoaderOptions#allowChanges} does not say that they may be
   * @throws IllegalStateException if the loader is closed
   */
  public Epoch resume(LoaderState state) {
    if (state.seed() != filler.seed()) {
      throw new IllegalArgumentException(
          "the state is of seed %d, and the loader has %d".formatted(state.seed(), filler.seed()));
    }
    if (!allowChanges) {
      checkSame(state.source());
    }
    long batch = state.next() / plan.batch();
    if (state.next() < 0 || state.next() % plan.batch() != 0 || batch > plan.allBatches()) {
      throw new IllegalArgumentException(
          "the state is at patch %d: expected a multiple of %d, the patches of a batch, up to %d"
              .formatted(state.next(), plan.batch(), plan.allBatches() * plan.batch()));
    }
    return begin(state.epoch(), batch);
  }

  private void checkSame(LoaderState.Source then) {
    String mend = "; LoaderOptions.allowChanges(true) goes on all the same, with other patches";
    if (!then.sampler().equals(source.sampler()) || !then.turns().equals(source.turns())) {
      throw new IllegalArgumentException(
          "the state is of the sampler '%s' with turns %s, and the loader has '%s' with %s%s"
              .formatted(then.sampler(), then.turns(), source.sampler(), source.turns(), mend));
    }
    if (!then.images().equals(source.images())) {
      throw new IllegalArgumentException(
          "the state is of the images '%s', and the loader has '%s'%s"
              .formatted(then.images(), source.images(), mend));
    }
    if (then.stores().size() != source.stores().size()) {
      throw new IllegalArgumentException(
          "the state is of %d stores, and the loader has %d%s"
              .formatted(then.stores().size(), source.stores().size(), mend));
    }
    for (int i = 0; i < source.stores().size(); i++) {
      if (!then.stores().get(i).equals(source.stores().get(i))) {
        throw new IllegalArgumentException(
            "%s has changed: the state is of a store with id %s, and this has %s%s"
                .formatted(
                    masks.all().get(i).path(), then.stores().get(i), source.stores().get(i), mend));
      }
    }
  }

  private Epoch begin(long epoch, long from) {
    return begin(filler, source, plan, epoch, from);
  }

  private synchronized Epoch begin(
      Filler by, LoaderState.@Nullable Source of, Plan in, long epoch, long from) {
    if (closed) {
      throw new IllegalStateException("the loader is closed");
    }
    end();
    Epoch next = new Epoch(ring, by, of, in, scratch, parts, epoch, from);
    current = next;
    return next;
  }

  private void end() {
    Epoch epoch = current;
    if (epoch != null) {
      epoch.close();
      current = null;
    }
  }

  /** Bytes of native memory that the batches and the threads have, from opening to closing. */
  public long memory() {
    return memory;
  }

  /** Patches of an epoch, of all ranks. */
  public long patches() {
    return plan.patches();
  }

  /**
   * Ends the epoch under way and frees the memory of all batches, also of those that are open. Any
   * thread may; closing it again has no effect.
   *
   * @throws IllegalStateException if a batch's memory is in use at this moment, by a call to native
   *     code for example; close it again then
   */
  @Override
  public synchronized void close() {
    closed = true;
    end();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
