package dev.maskmap.load;

import dev.maskmap.image.ImageCrops;
import dev.maskmap.sample.Turns;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Of one thread that fills at a time: memory in which it puts patches together, and where it
 * failed.
 */
final class PatchScratch {
  private static final int ALIGNMENT = 64;

  private final MemorySegment masks;
  private final MemorySegment images;

  /** Written only when a patch fails: at each, it could be in one cache line with another's. */
  private int failedPatch;

  private boolean failedDrawn;

  PatchScratch(Filler filler, Arena arena) {
    PatchReader reader = filler.reader();
    ImageCrops crops = filler.images();
    long turned = filler.turns() == Turns.NONE ? 0 : reader.patchBytes();
    masks = arena.allocate(reader.scratchBytes() + turned, ALIGNMENT);
    images = arena.allocate(crops == null ? 0 : crops.scratchBytes(), ALIGNMENT);
  }

  /** Of {@link PatchReader#scratchBytes}, and behind them a patch before it is turned. */
  MemorySegment masks() {
    return masks;
  }

  /** Of {@link ImageCrops#scratchBytes}. */
  MemorySegment images() {
    return images;
  }

  long bytes() {
    return masks.byteSize() + images.byteSize();
  }

  /** Where a thread left off, because something was thrown. */
  void failed(int patch, boolean drawn) {
    failedPatch = patch;
    failedDrawn = drawn;
  }

  int failedPatch() {
    return failedPatch;
  }

  /** Whether that patch was drawn, and could not be read. */
  boolean failedDrawn() {
    return failedDrawn;
  }
}
