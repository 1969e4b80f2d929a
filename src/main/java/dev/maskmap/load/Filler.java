package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/**
 * Reads the patches of a batch. Stateless, so that any thread may.
 *
 * @param zeros as many bytes as a patch has
 */
record Filler(MaskStore store, Sampler sampler, PixelType type, long seed, MemorySegment zeros) {
  /** Bytes of a patch. */
  long patchBytes() {
    return type.patchBytes(sampler.height(), sampler.width());
  }

  /**
   * Draws all places first, so that the system can read ahead for all of them.
   *
   * @param stopped asked between patches: where it says so, the rest is not read
   */
  void fill(Batch batch, long epoch, long firstPatch, BooleanSupplier stopped) {
    int size = batch.filledSize();
    for (int i = 0; i < size && !stopped.getAsBoolean(); i++) {
      batch.begin(i, false);
      Place place = batch.place(i);
      boolean kept = sampler.draw(seed, epoch, firstPatch + i, place);
      batch.begin(i, true);
      int height = Math.min(sampler.height(), store.height(place.mask()) - place.y());
      int width = Math.min(sampler.width(), store.width(place.mask()) - place.x());
      batch.filled(i, height, width, kept);
      store.prefetch(place.mask(), place.y(), place.x(), height, width);
    }
    for (int i = 0; i < size && !stopped.getAsBoolean(); i++) {
      batch.begin(i, true);
      read(batch, i);
    }
  }

  private void read(Batch batch, int i) {
    Place place = batch.place(i);
    int height = batch.filledHeight(i);
    int width = batch.filledWidth(i);
    MemorySegment to = batch.memory();
    long offset = i * patchBytes();
    if (height < sampler.height() || width < sampler.width()) {
      MemorySegment.copy(zeros, 0, to, offset, patchBytes());
    }
    store.read(
        place.mask(),
        place.y(),
        place.x(),
        height,
        width,
        type,
        to,
        offset,
        type.rowBytes(sampler.width()));
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
            .formatted(store.path(), batch.filledNumber(), patch, what, cause),
        cause);
  }

  private String name(long mask) {
    try {
      return store.name(mask);
    } catch (RuntimeException e) {
      // Of a store that is closed or cut short not even this can be read.
      return Long.toString(mask);
    }
  }
}
