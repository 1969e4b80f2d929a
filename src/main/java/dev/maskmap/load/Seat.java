package dev.maskmap.load;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a thread needs to fill parts of batches, and the part that it is at. There are as many as
 * the loader has workers: see {@link Seats}.
 */
final class Seat {
  private final PatchScratch scratch;
  private final int own;
  private @Nullable Batch batch;
  private long index;
  private int part;

  /**
   * @param own the part with which it begins every batch, if it is left
   */
  Seat(PatchScratch scratch, int own) {
    this.scratch = scratch;
    this.own = own;
  }

  PatchScratch scratch() {
    return scratch;
  }

  /**
   * Takes a part that is left of a batch. The caller holds the ring's lock.
   *
   * @param at the batch's number among those in flight
   */
  void take(Batch of, long at) {
    batch = of;
    index = at;
    part = of.parts().take(own);
  }

  /** The batch that it has a part of. */
  Batch batch() {
    return Objects.requireNonNull(batch);
  }

  /** The number of that batch among those in flight. */
  long index() {
    return index;
  }

  /** Which part of that batch it has. */
  int part() {
    return part;
  }
}
