package dev.maskmap;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.MapFaults;
import java.lang.foreign.Arena;
import java.util.function.LongConsumer;

/** What of a store is in memory, and how it gets there. */
final class StoreMemory {
  private StoreMemory() {}

  /** Asking the system about a map goes by its address, which nothing checks. */
  static void checkOpen(Arena arena) {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("closed");
    }
  }

  static Residency residency(MaskStore store, Arena arena, StorePart[] parts) {
    Residency all = new Residency(0, 0);
    for (StorePart part : parts) {
      try {
        checkOpen(arena);
      } catch (IllegalStateException e) {
        throw store.failed(e, part);
      }
      for (FileMap file : part.maps()) {
        all = all.plus(new Residency(file.map().byteSize(), file.residentBytes()));
      }
    }
    return all;
  }

  static Residency warm(MaskStore store, Arena arena, StorePart[] parts, LongConsumer progress) {
    long done = 0;
    for (StorePart part : parts) {
      try {
        for (FileMap file : part.maps()) {
          long before = done;
          file.warm(bytes -> progress.accept(before + bytes));
          done += file.map().byteSize();
        }
        MapFaults.settle();
      } catch (InternalError | IllegalStateException e) {
        throw store.failed(e, part);
      }
    }
    return residency(store, arena, parts);
  }
}
