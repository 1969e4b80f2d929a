package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/**
 * Draws and reads the patches of a batch. Stateless, so that any thread may.
 *
 * @param sizes the store that is asked for the sizes and names of masks
 */
record Filler(MaskStore sizes, PatchReader reader, Sampler sampler, long seed) {
  /**
   * Draws all places first, so that the system can read ahead for all of them.
   *
   * @param scratch of this thread
   * @param stopped asked between patches: where it says so, the rest is not read
   */
  void fill(
      Batch batch, long epoch, long firstPatch, MemorySegment scratch, BooleanSupplier stopped) {
    int size = batch.filledSize();
    for (int i = 0; i < size && !stopped.getAsBoolean(); i++) {
      batch.begin(i, false);
      Place place = batch.place(i);
      boolean kept = sampler.draw(seed, epoch, firstPatch + i, place);
      batch.begin(i, true);
      int height = Math.min(sampler.height(), sizes.height(place.mask()) - place.y());
      int width = Math.min(sampler.width(), sizes.width(place.mask()) - place.x());
      batch.filled(i, height, width, kept);
      reader.prefetch(place.mask(), place.y(), place.x(), height, width);
    }
    for (int i = 0; i < size && !stopped.getAsBoolean(); i++) {
      batch.begin(i, true);
      Place place = batch.place(i);
      reader.read(
          place.mask(),
          place.y(),
          place.x(),
          batch.filledHeight(i),
          batch.filledWidth(i),
          batch.memory(),
          i * reader.patchBytes(),
          scratch);
    }
  }

  /** Names the patch that was under way. */
  LoadException failed(Batch batch, Throwable cause) {
    int patch = batch.underWay();
    String what =
        batch.isDrawn()
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
