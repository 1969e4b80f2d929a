package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.internal.os.HugePages;
import dev.maskmap.sample.Sampler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
  private static final int ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final Ring ring;
  private final Filler filler;
  private final Plan plan;
  private final int workers;
  private @Nullable Epoch current;
  private boolean closed;

  PatchLoader(LoaderOptions options) {
    workers = options.workers();
    plan = options.plan();
    Sampler sampler = options.sampler();
    PixelType type = options.type();
    long patchBytes = type.patchBytes(sampler.height(), sampler.width());
    ring = new Ring(options.inFlight());
    try {
      filler =
          new Filler(
              options.store(),
              sampler,
              type,
              options.seed(),
              arena.allocate(patchBytes, ALIGNMENT));
      long batchBytes = options.batchBytes(patchBytes);
      for (int i = 0; i < ring.size(); i++) {
        MemorySegment memory = HugePages.allocate(batchBytes, ALIGNMENT, arena);
        ring.add(new Batch(ring, memory, patchBytes, plan.batch()));
      }
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** Begins to make a loader of patches that a sampler draws of a store. */
  public static LoaderOptions of(MaskStore store, Sampler sampler) {
    return new LoaderOptions(store, sampler);
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
   * Goes on where a loader was, of this or another process: after the batches that had been handed
   * out when {@link Epoch#state} said so. The number of ranks may be another now; what no rank had
   * is dealt out to those there are.
   *
   * @throws IllegalArgumentException if the state has another seed, or does not lie between two
   *     batches of this size
   * @throws IllegalStateException if the loader is closed
   */
  public Epoch resume(LoaderState state) {
    if (state.seed() != filler.seed()) {
      throw new IllegalArgumentException(
          "the state is of seed %d, and the loader has %d".formatted(state.seed(), filler.seed()));
    }
    long batch = state.next() / plan.batch();
    if (state.next() < 0 || state.next() % plan.batch() != 0 || batch > plan.allBatches()) {
      throw new IllegalArgumentException(
          "the state is at patch %d: expected a multiple of %d, the patches of a batch, up to %d"
              .formatted(state.next(), plan.batch(), plan.allBatches() * plan.batch()));
    }
    return begin(state.epoch(), batch);
  }

  private synchronized Epoch begin(long epoch, long from) {
    if (closed) {
      throw new IllegalStateException("the loader is closed");
    }
    end();
    Epoch next = new Epoch(ring, filler, plan, workers, epoch, from);
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
