package dev.maskmap.load;

import dev.maskmap.sample.Place;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Patches of one batch, in native memory, and where they come from. It belongs to the consumer
 * until {@link #close}, which gives its memory back to the loader. The same object comes round
 * again later, with other patches: keep no reference to it, nor to a slice of its memory, once it
 * is closed. Not safe for several threads at once; it may be handed from one to another.
 */
public final class Batch implements AutoCloseable {
  private final Ring ring;
  private final MemorySegment patches;
  private final MemorySegment images;
  private final long imageBytes;
  private final PatchShape shape;
  private final int planes;
  private final int slot;
  private final Place[] places;
  private final int[] heights;
  private final int[] widths;
  private final int[] turns;
  private final boolean[] kept;
  private final Parts parts;
  private long number;
  private int size;
  private int gaveUp;
  private boolean lent;

  /**
   * @param slot which of the ring's batches it is
   * @param memory of the patches and the crops of images
   * @param shape of a plane
   */
  Batch(
      Ring ring,
      int slot,
      MemorySegment memory,
      SlotLayout layout,
      PatchShape shape,
      int planes,
      int capacity,
      int parts) {
    this.ring = ring;
    this.slot = slot;
    patches = memory.asSlice(0, layout.patchBytes());
    images = memory.asSlice(layout.imageOffset(), layout.imageBytes());
    imageBytes = layout.imageBytes() / capacity;
    this.shape = shape;
    this.planes = planes;
    this.parts = new Parts(parts);
    places = new Place[capacity];
    for (int i = 0; i < capacity; i++) {
      places[i] = new Place();
    }
    heights = new int[capacity];
    widths = new int[capacity];
    turns = new int[capacity];
    kept = new boolean[capacity];
  }

  /** The batch's number in its epoch, over all ranks. */
  public long number() {
    checkLent();
    return number;
  }

  /** Patches in it: as many as asked for, and fewer in the last batch of an epoch only. */
  public int size() {
    checkLent();
    return size;
  }

  /**
   * The patches, one behind the other: a tensor of shape {@code (batch, height, width)}, for {@code
   * PACKED} {@code (batch, ceil(height / 8), width)}, of which the first {@link #size} are filled;
   * with several planes {@code (batch, planes, height, width)}. The same segment each time that
   * this memory comes round.
   */
  public MemorySegment patches() {
    checkLent();
    return patches;
  }

  /** Which of the loader's batches this is, 0 to those in flight - 1: it has one memory. */
  public int slot() {
    return slot;
  }

  /** Planes of a patch: 1 unless the loader reads several stores as {@link MaskPlanes}. */
  public int planes() {
    return planes;
  }

  /** Bytes of a patch, and from the start of one to that of the next. */
  public long patchBytes() {
    return planes * shape.bytes();
  }

  /** The byte of {@link #patches} at which a patch begins. */
  public long offset(int patch) {
    check(patch);
    return patch * patchBytes();
  }

  /** The byte of {@link #patches} at which one plane of a patch begins. */
  public long offset(int patch, int plane) {
    return offset(patch) + Objects.checkIndex(plane, planes) * shape.bytes();
  }

  /**
   * The crops of images, one behind the other, each at the place of its patch and turned as that
   * is: a tensor of shape {@code (batch, height, width, channels)} or {@code (batch, channels,
   * height, width)}, as {@link LoaderOptions#images} says. Empty where the loader has no images.
   */
  public MemorySegment images() {
    checkLent();
    return images;
  }

  /** Bytes of a crop; 0 where the loader has no images. */
  public long imageBytes() {
    return imageBytes;
  }

  /** The byte of {@link #images} at which the crop of a patch begins. */
  public long imageOffset(int patch) {
    check(patch);
    return patch * imageBytes;
  }

  /**
   * How a patch, and its crop of an image, is turned: a code of {@link dev.maskmap.sample.Turns}, 0
   * where the loader turns none. Its place, and which part of it is valid, are said of the patch as
   * it was before.
   */
  public int turn(int patch) {
    check(patch);
    return turns[patch];
  }

  /** The index of the mask that a patch is of. */
  public long mask(int patch) {
    check(patch);
    return places[patch].mask();
  }

  /** The first pixel row of a patch in its mask. */
  public int y(int patch) {
    check(patch);
    return places[patch].y();
  }

  /** The first column of a patch in its mask. */
  public int x(int patch) {
    check(patch);
    return places[patch].x();
  }

  /** Pixel rows of a patch that lie in its mask; those below are background. */
  public int validHeight(int patch) {
    check(patch);
    return heights[patch];
  }

  /** Columns of a patch that lie in its mask; those right of them are background. */
  public int validWidth(int patch) {
    check(patch);
    return widths[patch];
  }

  /** Patches that are not as the sampler promises, because it gave up. */
  public int gaveUp() {
    checkLent();
    return gaveUp;
  }

  /** Whether a patch is one of those. */
  public boolean gaveUp(int patch) {
    check(patch);
    return !kept[patch];
  }

  private void check(int patch) {
    checkLent();
    if (patch < 0 || patch >= size) {
      throw new IndexOutOfBoundsException("patch %d of a batch that has %d".formatted(patch, size));
    }
  }

  private void checkLent() {
    if (!lent) {
      throw new IllegalStateException("the batch is closed: its memory has other patches by now");
    }
  }

  Place place(int patch) {
    return places[patch];
  }

  MemorySegment memory() {
    return patches;
  }

  MemorySegment imageMemory() {
    return images;
  }

  /** Begins to be filled. The caller holds the ring's lock. */
  void begin(long newNumber, int newSize) {
    number = newNumber;
    size = newSize;
    parts.reset();
  }

  Parts parts() {
    return parts;
  }

  /** What of a patch lies in its mask, how it is turned, and whether it is as promised. */
  void filled(int patch, int height, int width, int turn, boolean isKept) {
    heights[patch] = height;
    widths[patch] = width;
    turns[patch] = turn;
    kept[patch] = isKept;
  }

  int filledHeight(int patch) {
    return heights[patch];
  }

  int filledWidth(int patch) {
    return widths[patch];
  }

  int filledTurn(int patch) {
    return turns[patch];
  }

  long filledNumber() {
    return number;
  }

  void lend() {
    lent = true;
    gaveUp = 0;
    for (int i = 0; i < size; i++) {
      gaveUp += kept[i] ? 0 : 1;
    }
  }

  /** Gives the memory back. Closing it again has no effect, until it is handed out once more. */
  @Override
  public void close() {
    synchronized (ring) {
      if (lent) {
        lent = false;
        ring.add(this);
      }
    }
  }
}
