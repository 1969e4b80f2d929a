package dev.maskmap.load;

import dev.maskmap.PixelType;
import dev.maskmap.image.ImageCrops;
import dev.maskmap.internal.os.HugePages;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Turns;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link PatchLoader} is made of. Each method sets one thing and returns this. */
public final class LoaderOptions {
  /** Threads that a loader can have. */
  public static final int MAX_WORKERS = 1024;

  /** What a thread takes at a time: with less of it, they wait for each other's lock. */
  private static final long LEAST_PART_BYTES = 1 << 19;

  /** Parts of a batch for each of several threads: one that is behind gives its second away. */
  private static final int PARTS_PER_THREAD = 2;

  private final MaskPlanes masks;
  private final Sampler sampler;
  private PixelType type = PixelType.UINT8;
  private int batch;
  private int workers = 1;
  private int inFlight;
  private int parts;
  private long seed;
  private int rank;
  private int world = 1;
  private Uneven uneven = Uneven.DROP;
  private boolean keepLast;
  private boolean allowChanges;
  private Turns turns = Turns.NONE;
  private @Nullable ImageCrops images;
  private @Nullable MemorySegment memory;

  LoaderOptions(MaskPlanes masks, Sampler sampler) {
    this.masks = masks;
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

  /**
   * Threads that read at a time, 1 to {@link #MAX_WORKERS}. Default: 1, which keeps a few cores of
   * consumers busy. Where there are several, the consumer's own is one of them while it would only
   * wait: see {@link Epoch#next}.
   *
   * @throws IllegalArgumentException if there are fewer or more
   */
  public LoaderOptions workers(int threads) {
    if (threads < 1 || threads > MAX_WORKERS) {
      throw new IllegalArgumentException(
          "%d workers: expected 1 to %d".formatted(threads, MAX_WORKERS));
    }
    workers = threads;
    return this;
  }

  /**
   * Batches that are filled, wait or are open at once, 2 or more. Default: 1 more than threads fill
   * at once. They fill one together, in parts of half a mebibyte and a patch at least, so it is 2
   * where there is a part for each thread, and more where batches are smaller. Few stay in the
   * processor's cache; more bridge a loop whose steps differ much in time, or that has several
   * batches open.
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

  /**
   * Whether the last batch of an epoch is read where it is not full. Default: false. {@link
   * Uneven#EXACT} reads it in any case.
   */
  public LoaderOptions keepLast(boolean keep) {
    keepLast = keep;
    return this;
  }

  /**
   * How patches are turned, drawn for each from the seed, the epoch and its number. Default: {@link
   * Turns#NONE}. Not for {@code PACKED} patches, whose bytes hold eight rows each.
   */
  public LoaderOptions turns(Turns kind) {
    turns = kind;
    return this;
  }

  /**
   * Images beside the masks: image i is that of mask i. Each batch gets their crops at the places
   * of its patches, turned as those are. Default: none.
   *
   * @param crops of the patches' size; their store belongs to the caller, who closes it after the
   *     loader
   */
  public LoaderOptions images(ImageCrops crops) {
    images = crops;
    return this;
  }

  /**
   * Whether {@link PatchLoader#resume} takes a state of another sampler or of other stores, from
   * which other patches come. Default: false.
   */
  public LoaderOptions allowChanges(boolean allow) {
    allowChanges = allow;
    return this;
  }

  /**
   * Memory of the caller for the batches, such as a map that another process reads: batch {@link
   * Batch#slot} begins at byte {@code slot * slotBytes()}. Default: the loader takes some itself.
   *
   * @param memory native or mapped, of no thread of its own, at least {@link #memoryBytes} long,
   *     aligned to 8 bytes; it stays alive until the loader is closed
   */
  public LoaderOptions memory(MemorySegment memory) {
    this.memory = memory;
    return this;
  }

  /**
   * Bytes from the start of one batch to that of the next in memory of the caller: whole lines of
   * 64 bytes.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public long slotBytes() {
    return slot().bytes();
  }

  /**
   * Bytes of all batches in flight, with what is set so far.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public long memoryBytes() {
    try {
      return Math.multiplyExact(inFlight(), slotBytes());
    } catch (ArithmeticException e) {
      throw tooLarge(e);
    }
  }

  /**
   * Makes the loader, and takes the memory of its batches.
   *
   * @throws IllegalArgumentException if the sampler is of another store (of none of the planes), a
   *     number is out of range, the epoch has no batch, patches cannot be turned so, images are not
   *     those of the masks (the first that differs is named) or their crops not of the patch's
   *     size, or the memory that was given is too small, not aligned, of the heap or confined to a
   *     thread
   * @throws OutOfMemoryError if there is not enough native memory
   */
  public PatchLoader open() {
    if (masks.all().stream().noneMatch(sampler::isOf)) {
      throw new IllegalArgumentException(
          "the sampler '%s' draws from another store than %s; make it of the store that is loaded"
              .formatted(sampler.describe(), masks.first().path()));
    }
    checkTurns();
    ImageCrops crops = images;
    if (crops != null) {
      ImageMatch.check(masks.first(), crops, sampler);
    }
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

  private void checkTurns() {
    if (turns.needsSquare() && sampler.height() != sampler.width()) {
      throw new IllegalArgumentException(
          "turns %s of patches of %d x %d: quarter turns need square ones; FLIPS do not"
              .formatted(turns, sampler.height(), sampler.width()));
    }
    if (turns != Turns.NONE && type == PixelType.PACKED) {
      throw new IllegalArgumentException(
          "turns %s of PACKED patches, whose bytes hold eight rows each: take UINT8, or no turns"
              .formatted(turns));
    }
  }

  private static void check(int value, int least, String what) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%d %s: expected %d or more".formatted(value, what, least));
    }
  }

  MaskPlanes masks() {
    return masks;
  }

  PatchShape shape() {
    return new PatchShape(type, sampler.height(), sampler.width());
  }

  PatchReader reader() {
    return masks.reader(shape());
  }

  Turns turns() {
    return turns;
  }

  @Nullable ImageCrops images() {
    return images;
  }

  SlotLayout slot() {
    check(batch, 1, "patches of a batch");
    ImageCrops crops = images;
    try {
      return new SlotLayout(
          Math.multiplyExact(batch, reader().patchBytes()),
          crops == null ? 0 : Math.multiplyExact(batch, crops.bytes()));
    } catch (ArithmeticException e) {
      throw tooLarge(e);
    }
  }

  private IllegalArgumentException tooLarge(ArithmeticException e) {
    return new IllegalArgumentException(
        "batches of %d patches of %d x %d pixels (height x width) are more than memory can be"
            .formatted(batch, sampler.height(), sampler.width()),
        e);
  }

  boolean allowsChanges() {
    return allowChanges;
  }

  /** The memory of each batch in flight: the caller's, or some of the arena. */
  List<MemorySegment> slots(Arena arena) {
    MemorySegment given = memory;
    long bytes = slotBytes();
    if (given != null && (!given.isNative() || given.isReadOnly())) {
      throw new IllegalArgumentException(
          "memory for batches that is on the heap or read-only; give native memory");
    }
    if (given != null && (given.byteSize() < memoryBytes() || given.address() % Long.BYTES != 0)) {
      throw new IllegalArgumentException(
          "%d bytes of memory for batches at address %d: expected %d or more, aligned to 8 bytes"
              .formatted(given.byteSize(), given.address(), memoryBytes()));
    }
    if (given != null && !given.isAccessibleBy(Thread.ofPlatform().unstarted(() -> {}))) {
      throw new IllegalArgumentException(
          "memory for batches that is confined to one thread; the loader's threads write it, so"
              + " take it from Arena.ofShared()");
    }
    List<MemorySegment> slots = new ArrayList<>();
    for (int i = 0; i < inFlight(); i++) {
      slots.add(
          given == null
              ? HugePages.allocate(bytes, SlotLayout.ALIGNMENT, arena)
              : plain(given.asSlice(i * bytes, bytes)));
    }
    return slots;
  }

  /** A map as native memory, once, so that no read has to look for that view. */
  private static MemorySegment plain(MemorySegment slot) {
    boolean fits = slot.byteSize() <= Integer.MAX_VALUE;
    return slot.isMapped() && fits
        ? MemorySegment.ofBuffer(slot.asByteBuffer().order(ByteOrder.nativeOrder()).asLongBuffer())
        : slot;
  }

  Sampler sampler() {
    return sampler;
  }

  int workers() {
    return workers;
  }

  int inFlight() {
    return inFlight == 0 ? Math.ceilDiv(workers, parts()) + 1 : inFlight;
  }

  /** Parts of a batch, each filled by one thread; each thread has as many, if there are enough. */
  int parts() {
    if (parts != 0) {
      return parts;
    }
    int wanted = workers == 1 ? 1 : PARTS_PER_THREAD * workers;
    int most = Math.max(1, Math.min(wanted, batch));
    int fit = Math.clamp(slotBytes() / LEAST_PART_BYTES, 1, most);
    return fit > workers ? fit - fit % workers : fit;
  }

  /** For tests, whose batches are small. */
  LoaderOptions parts(int number) {
    parts = number;
    return this;
  }

  long seed() {
    return seed;
  }

  Plan plan() {
    return new Plan(sampler.size(), batch, keepLast, rank, world, uneven);
  }
}
