package dev.maskmap.load;

import dev.maskmap.sample.Place;
import java.lang.foreign.MemorySegment;

/**
 * Patches of one batch, in native memory, and where they come from. It belongs to the consumer
 * until {@link #close}, which gives its memory back to the loader. The same object comes round
 * again later, with other patches: keep no reference to it, nor to a slice of its memory, once it
 * is closed. Not safe for several threads at once; it may be handed from one to another.
 */
public final class Batch implements AutoCloseable {
  private final Ring ring;
  private final MemorySegment patches;
  private final long patchBytes;
  private final Place[] places;
  private final int[] heights;
  private final int[] widths;
  private long number;
  private int size;
  private int gaveUp;
  private int underWay;
  private boolean drawn;
  private boolean lent;

  Batch(Ring ring, MemorySegment patches, long patchBytes, int capacity) {
    this.ring = ring;
    this.patches = patches;
    this.patchBytes = patchBytes;
    places = new Place[capacity];
    for (int i = 0; i < capacity; i++) {
      places[i] = new Place();
    }
    heights = new int[capacity];
    widths = new int[capacity];
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
   * PACKED} {@code (batch, ceil(height / 8), width)}, of which the first {@link #size} are filled.
   * The same segment each time that this memory comes round.
   */
  public MemorySegment patches() {
    checkLent();
    return patches;
  }

  /** Bytes of a patch, and from the start of one to that of the next. */
  public long patchBytes() {
    return patchBytes;
  }

  /** The byte of {@link #patches} at which a patch begins. */
  public long offset(int patch) {
    check(patch);
    return patch * patchBytes;
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

  /** Begins to be filled. */
  void begin(long newNumber, int newSize) {
    number = newNumber;
    size = newSize;
    gaveUp = 0;
  }

  /** A patch begins to be drawn, or, where it is drawn, to be read. */
  void begin(int patch, boolean isDrawn) {
    underWay = patch;
    drawn = isDrawn;
  }

  boolean isDrawn() {
    return drawn;
  }

  int underWay() {
    return underWay;
  }

  /** What of a patch lies in its mask, and whether it is as promised. */
  void filled(int patch, int height, int width, boolean kept) {
    heights[patch] = height;
    widths[patch] = width;
    gaveUp += kept ? 0 : 1;
  }

  int filledHeight(int patch) {
    return heights[patch];
  }

  int filledWidth(int patch) {
    return widths[patch];
  }

  int filledSize() {
    return size;
  }

  long filledNumber() {
    return number;
  }

  void lend() {
    lent = true;
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
