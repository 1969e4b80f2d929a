package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.sample.Sampler;

/** What a {@link PatchLoader} is made of. Each method sets one thing and returns this. */
public final class LoaderOptions {
  private final MaskStore store;
  private final Sampler sampler;
  private PixelType type = PixelType.UINT8;
  private int batch;
  private int workers = 1;
  private int inFlight;
  private long seed;
  private int rank;
  private int world = 1;
  private Uneven uneven = Uneven.DROP;
  private boolean keepLast;

  LoaderOptions(MaskStore store, Sampler sampler) {
    this.store = store;
    this.sampler = sampler;
    batch = sampler.batch() > 1 ? sampler.batch() : 64;
  }

  /** What a pixel becomes. Default: {@link PixelType#UINT8}. */
  public LoaderOptions type(PixelType type) {
    this.type = type;
    return this;
  }

  /**
   * Patches of a batch, 1 or more: a multiple of those over which the sampler's promise holds.
   * Default: as many as those, or 64.
   */
  public LoaderOptions batch(int patches) {
    batch = patches;
    return this;
  }

  /** Threads that read, 1 or more. Default: 1, which keeps a few cores of consumers busy. */
  public LoaderOptions workers(int threads) {
    workers = threads;
    return this;
  }

  /**
   * Batches that are filled, wait or are open at once, 2 or more. Default: 2 more than workers, and
   * at least 4.
   */
  public LoaderOptions inFlight(int batches) {
    check(batches, 2, "batches in flight");
    inFlight = batches;
    return this;
  }

  /** What all is drawn from. Default: 0. */
  public LoaderOptions seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Which share of the batches this loader reads: batch n goes to rank {@code n mod world}, and
   * after a {@link PatchLoader#resume resume} those that are left are dealt out in the same way.
   * Default: 0 of 1, all.
   */
  public LoaderOptions rank(int rank, int world) {
    this.rank = rank;
    this.world = world;
    return this;
  }

  /** What becomes of batches that cannot be split evenly. Default: {@link Uneven#DROP}. */
  public LoaderOptions uneven(Uneven rule) {
    uneven = rule;
    return this;
  }

  /** Whether the last batch of an epoch is read where it is not full. Default: false. */
  public LoaderOptions keepLast(boolean keep) {
    keepLast = keep;
    return this;
  }

  /**
   * Makes the loader, and takes the memory of its batches.
   *
   * @throws IllegalArgumentException if a number is out of range, or the epoch has no batch
   * @throws OutOfMemoryError if there is not enough native memory
   */
  public PatchLoader open() {
    check(workers, 1, "workers");
    if (batch % sampler.batch() != 0) {
      throw new IllegalArgumentException(
          "a batch of %d: the sampler's share holds over %d patches; give a multiple, or a sampler of"
                  .formatted(batch, sampler.batch())
              + " this batch");
    }
    if (plan().allBatches() == 0) {
      throw new IllegalArgumentException(
          "an epoch of %d patches has no batch of %d; keepLast takes fewer, patchesPerMask makes more"
              .formatted(sampler.size(), batch));
    }
    if (uneven == Uneven.DROP && plan().batches(0) == 0) {
      throw new IllegalArgumentException(
          "an epoch of %d batches has none for each of %d ranks; Uneven.WRAP reads some twice, and"
                  .formatted(plan().allBatches(), world)
              + " EXACT leaves ranks without any");
    }
    return new PatchLoader(this);
  }

  /** Bytes of all patches of a batch. */
  long batchBytes(long patchBytes) {
    if (patchBytes > Long.MAX_VALUE / batch) {
      throw new IllegalArgumentException(
          "a batch of %d patches of %d bytes is more than memory can be"
              .formatted(batch, patchBytes));
    }
    return batch * patchBytes;
  }

  private static void check(int value, int least, String what) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%d %s: expected %d or more".formatted(value, what, least));
    }
  }

  MaskStore store() {
    return store;
  }

  Sampler sampler() {
    return sampler;
  }

  PixelType type() {
    return type;
  }

  int workers() {
    return workers;
  }

  int inFlight() {
    return inFlight == 0 ? Math.max(workers + 2, 4) : inFlight;
  }

  long seed() {
    return seed;
  }

  Plan plan() {
    return new Plan(sampler.size(), batch, keepLast, rank, world, uneven);
  }
}
