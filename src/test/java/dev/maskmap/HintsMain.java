package dev.maskmap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Run by tests in a JVM of its own: reads all of a store with all hints there are. Argument: the
 * store. Prints the checksum of its pixels, and whether it is known what is in memory.
 */
final class HintsMain {
  private HintsMain() {}

  public static void main(String[] args) throws IOException {
    try (MaskStore store = MaskStore.open(Path.of(args[0]))) {
      store.prefetch(0, 0, 0, 1, 1);
      boolean known = store.warm().isKnown() && store.residency().isKnown();
      System.out.println(checksum(store) + " " + known);
    }
  }

  /** Of all pixels as bytes. */
  static long checksum(MaskStore store) {
    CRC32 crc = new CRC32();
    for (long mask = 0; mask < store.size(); mask++) {
      crc.update(store.mask(mask).toBytes());
    }
    return crc.getValue();
  }
}
