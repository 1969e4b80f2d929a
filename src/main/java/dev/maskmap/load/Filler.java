package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.image.ImageCrops;
import dev.maskmap.internal.kernel.TurnedCopy;
import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Turns;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Draws and reads the patches of a batch. Stateless, so that any thread may.
 *
 * @param sizes the store that is asked for the sizes and names of masks
 * @param shape of a plane of a patch
 * @param images crops that go beside the patches, or null
 */
record Filler(
    MaskStore sizes,
    PatchReader reader,
    PatchShape shape,
    @Nullable ImageCrops images,
    Sampler sampler,
    Turns turns,
    long seed) {
  /**
   * Fills a part of a batch. Draws all its places first, so that the system can read ahead for all
   * of them. Where something is thrown, the scratch says at which patch.
   *
   * @param from the part's first patch
   * @param to the patch behind its last
   * @param firstPatch the number in the epoch of the batch's first patch
   * @param scratch that no other thread has meanwhile
   * @param stopped asked between patches: where it says so, the rest is not read
   */
  void fill(
      Batch batch,
      int from,
      int to,
      long epoch,
      long firstPatch,
      PatchScratch scratch,
      BooleanSupplier stopped) {
    int i = from;
    boolean drawn = false;
    try {
      for (; i < to && !stopped.getAsBoolean(); i++) {
        drawn = false;
        boolean kept = sampler.draw(seed, epoch, firstPatch + i, batch.place(i));
        drawn = true;
        prepare(batch, i, epoch, firstPatch + i, kept);
      }
    } catch (Throwable e) {
      // If one before it cannot be read, that is the first to fail, however parts are cut.
      read(batch, from, i, scratch, stopped);
      scratch.failed(i, drawn);
      throw e;
    }
    read(batch, from, to, scratch, stopped);
  }

  private void prepare(Batch batch, int i, long epoch, long k, boolean kept) {
    Place place = batch.place(i);
    int height = Math.min(sampler.height(), sizes.height(place.mask()) - place.y());
    int width = Math.min(sampler.width(), sizes.width(place.mask()) - place.x());
    int turn = turns == Turns.NONE ? 0 : turns.code(seed, epoch, k);
    batch.filled(i, height, width, turn, kept);
    reader.prefetch(place.mask(), place.y(), place.x(), height, width);
    if (images != null) {
      images.prefetch(place.mask(), place.y(), place.x(), height, width);
    }
  }

  private void read(Batch batch, int from, int to, PatchScratch scratch, BooleanSupplier stopped) {
    int i = from;
    try {
      for (; i < to && !stopped.getAsBoolean(); i++) {
        read(batch, i, scratch);
      }
    } catch (Throwable e) {
      scratch.failed(i, true);
      throw e;
    }
  }

  private void read(Batch batch, int i, PatchScratch scratch) {
    Place place = batch.place(i);
    long mask = place.mask();
    int y = place.y();
    int x = place.x();
    int height = batch.filledHeight(i);
    int width = batch.filledWidth(i);
    int turn = batch.filledTurn(i);
    long at = i * reader.patchBytes();
    if (turn == 0) {
      reader.read(mask, y, x, height, width, batch.memory(), at, scratch.masks());
    } else {
      long before = reader.scratchBytes();
      reader.read(mask, y, x, height, width, scratch.masks(), before, scratch.masks());
      turn(scratch.masks(), before, turn, batch.memory(), at);
    }
    if (images != null) {
      images.read(
          mask,
          y,
          x,
          height,
          width,
          turn,
          batch.imageMemory(),
          i * images.bytes(),
          scratch.images());
    }
  }

  private void turn(MemorySegment from, long at, int turn, MemorySegment to, long offset) {
    for (long plane = 0; plane < reader.patchBytes(); plane += shape.bytes()) {
      TurnedCopy.copy(
          from,
          at + plane,
          shape.rowBytes(),
          shape.height(),
          shape.width(),
          shape.type().elementBytes(),
          turn,
          to,
          offset + plane);
    }
  }

  /** Names the patch of a batch that failed first. The caller holds the ring's lock. */
  LoadException failed(Batch batch, Throwable cause) {
    Parts parts = batch.parts();
    int patch = parts.failedPatch();
    String what =
        parts.failedDrawn()
            ? "of mask '%s', cannot be read".formatted(name(batch.place(patch).mask()))
            : "cannot be drawn";
    return new LoadException(
        "%s: batch %d, patch %d, %s: %s"
            .formatted(sizes.path(), batch.filledNumber(), patch, what, cause),
        cause);
  }

  /** The name of a mask, as far as it can be had. */
  String name(long mask) {
    try {
      return sizes.name(mask);
    } catch (RuntimeException e) {
      // Of a store that is closed or cut short not even this can be read.
      return Long.toString(mask);
    }
  }
}
