package dev.maskmap.load;

import dev.maskmap.image.ImageCrops;
import dev.maskmap.sample.Turns;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory in which one thread puts patches together.
 *
 * @param masks of {@link PatchReader#scratchBytes}, and behind them a patch before it is turned
 * @param images of {@link ImageCrops#scratchBytes}
 */
record PatchScratch(MemorySegment masks, MemorySegment images) {
  private static final int ALIGNMENT = 64;

  static PatchScratch of(Filler filler, Arena arena) {
    PatchReader reader = filler.reader();
    ImageCrops images = filler.images();
    long turned = filler.turns() == Turns.NONE ? 0 : reader.patchBytes();
    return new PatchScratch(
        arena.allocate(reader.scratchBytes() + turned, ALIGNMENT),
        arena.allocate(images == null ? 0 : images.scratchBytes(), ALIGNMENT));
  }

  long bytes() {
    return masks.byteSize() + images.byteSize();
  }
}
