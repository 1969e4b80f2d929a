package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.internal.npy.NpyHeader;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The foreground of all masks of a store, pixel by pixel. */
class ForegroundTest {
  @TempDir Path folder;

  @Property(tries = 60)
  void everyForegroundPixelOfADataSetHasItsMask(@ForAll boolean oneStore, @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Path temporary = Files.createTempDirectory("foreground");
    Path path = temporary.resolve("t.data");
    List<Pixels> masks = new ArrayList<>();
    try {
      for (int part = 0; part < (oneStore ? 1 : 4); part++) {
        Layout layout = Layout.values()[random.nextInt(2)];
        try (MaskStoreWriter writer =
            oneStore
                ? MaskStoreWriter.create(path, layout)
                : MaskStoreWriter.append(path, layout)) {
          // All masks of a part may be empty, and those at its ends.
          for (int i = 0; i <= random.nextInt(6); i++) {
            Pixels mask = mask(random, seed + masks.size());
            Stores.addAny(writer, "m" + masks.size(), mask);
            masks.add(mask);
          }
          writer.commit();
        }
      }
      try (MaskStore store = MaskStore.open(path)) {
        check(masks, store, Foreground.of(store));
      }
    } finally {
      Stores.delete(temporary);
    }
  }

  private static Pixels mask(Random random, long seed) {
    int height = 1 + random.nextInt(20);
    int width = 1 + random.nextInt(20);
    return random.nextInt(3) == 0
        ? Pixels.of(height, width, new BitSet())
        : Pixels.blobs(height, width, seed);
  }

  private static void check(List<Pixels> masks, MaskStore store, Foreground all) {
    long before = 0;
    for (int i = 0; i < masks.size(); i++) {
      Pixels mask = masks.get(i);
      long count = mask.count();
      assertEquals(count, all.count(i));
      assertEquals(before, all.before(i));
      for (long n = 0; n < count; n++) {
        assertEquals(i, all.maskOf(before + n));
        assertEquals(store.mask(i).select(n), all.select(i, n));
      }
      int h = (mask.height() + 1) / 2;
      assertEquals(mask.patch(0, 0, h, mask.width()).count(), all.count(i, 0, 0, h, mask.width()));
      before += count;
    }
    assertEquals(before, all.count());
    assertEquals(before, all.before(masks.size()));
    long end = before;
    for (long n : new long[] {-1, end, Long.MAX_VALUE}) {
      assertThrows(IndexOutOfBoundsException.class, () -> all.maskOf(n));
    }
    for (long mask : new long[] {-1, masks.size() + 1L}) {
      assertThrows(IndexOutOfBoundsException.class, () -> all.before(mask));
    }
  }

  @Test
  void bareArraysHaveNoSums() throws IOException {
    Path store = Stores.write(folder.resolve("s.masks"), Pixels.blobs(9, 9, 1));
    try (MaskStore bare = MaskStore.openPacked(store.resolve("masks.npy"), 9)) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Foreground.of(bare)).getMessage();
      assertTrue(message.contains("maskmap pack"), message);
    }
  }

  @Test
  void closedStoresSaySo() throws IOException {
    MaskStore store =
        MaskStore.open(Stores.write(folder.resolve("s.masks"), Pixels.blobs(9, 9, 1)));
    Foreground all = Foreground.of(store);
    store.close();
    for (Executable read :
        List.<Executable>of(
            () -> Foreground.of(store),
            () -> all.count(0),
            () -> all.before(0),
            () -> all.maskOf(0),
            () -> all.select(0, 0))) {
      String message = assertThrows(IllegalStateException.class, read).getMessage();
      assertTrue(message.contains("the store is closed"), message);
    }
  }

  /** Sums that fall are damage of that file, and no other's. */
  @Test
  void damagedSumsAreNamed() throws IOException {
    List<Pixels> masks = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      masks.add(Pixels.noise(20, 20, i));
    }
    Path path = Stores.write(folder.resolve("s.masks"), masks);
    for (int sum = 0; sum < 9; sum++) {
      // The sign, or 2^40: both sums next to it cannot be right then.
      for (int bit : new int[] {7, 0}) {
        long at = NpyHeader.BYTES + 8L * sum + (bit == 7 ? 7 : 5);
        Stores.flip(path.resolve("areas.npy"), at, bit);
        try (MaskStore store = MaskStore.open(path)) {
          Foreground all = Foreground.of(store);
          int mask = sum;
          String message =
              assertThrows(IllegalStateException.class, () -> all.count(mask)).getMessage();
          assertTrue(message.contains("areas.npy: damaged"), message);
          for (long n = 0; n < all.count(); n += 7) {
            try {
              assertTrue(all.maskOf(n) < 9);
            } catch (IllegalStateException e) {
              assertTrue(String.valueOf(e.getMessage()).contains("areas.npy"), e.getMessage());
            }
          }
        }
        Stores.flip(path.resolve("areas.npy"), at, bit);
      }
    }
  }
}
