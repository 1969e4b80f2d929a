package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.Patches.Target;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Masks of different sizes obey the laws of masks of one size. */
@Tag("kernel")
class RaggedProps {
  @Property(tries = 100)
  void masksOfAnySizesAreReadAsTheyWereAdded(
      @ForAll @IntRange(min = 1, max = 6) int count, @ForAll Layout layout, @ForAll long seed)
      throws IOException {
    List<Pixels> masks = masks(count, seed);
    Path folder = Files.createTempDirectory("ragged");
    try {
      Path path = Stores.write(folder.resolve("s.masks"), layout, masks);
      try (MaskStore store = MaskStore.open(path);
          Arena arena = Arena.ofConfined()) {
        Random random = new Random(seed);
        assertEquals(layout, store.layout());
        assertEquals(count, store.size());
        assertEquals(sameSizes(masks), store.isUniform());
        for (int i = 0; i < count; i++) {
          check(store, i, masks.get(i), random, arena);
        }
      }
      assertEquals(List.of(), Verification.of(path, done -> {}).problems());
    } finally {
      Stores.delete(folder);
    }
  }

  private static void check(MaskStore store, int i, Pixels source, Random random, Arena arena) {
    Mask mask = store.mask(i);
    assertEquals(source.height(), store.height(i));
    assertEquals(source.width(), store.width(i));
    assertEquals("m" + i, mask.name());
    assertEquals(i, store.indexOf("m" + i));
    assertEquals(source.count(), mask.count());
    assertEquals(source.bits(), mask.toBitSet());
    assertArrayEquals(
        source.packed(), mask.packed().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
    for (PixelType type : PixelType.values()) {
      int h = 1 + random.nextInt(source.height());
      int w = 1 + random.nextInt(source.width());
      int y = random.nextInt(source.height() - h + 1);
      int x = random.nextInt(source.width() - w + 1);
      Region region = Region.of(y, x, h, w);
      MemorySegment dst = arena.allocate(Target.bytes(type, h, w, 3, 5) + 9);
      Patches.check(store, i, source, region, type, new Target(dst, 3, 5));
      assertEquals(source.patch(y, x, h, w).count(), mask.count(region));
    }
  }

  @Property(tries = 40)
  void masksOfOneSizeGiveTheSameBytesWithAndWithoutASizeGiven(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll long seed)
      throws IOException {
    List<Pixels> masks =
        List.of(Pixels.noise(height, width, seed), Pixels.blobs(height, width, seed));
    Path folder = Files.createTempDirectory("uniform");
    try {
      Path given = Stores.write(folder.resolve("given.masks"), masks);
      Path found = Stores.writeAny(folder.resolve("found.masks"), masks);
      assertEquals(Stores.names(given), Stores.names(found));
      for (String name : Stores.names(given)) {
        assertEquals(-1, Files.mismatch(given.resolve(name), found.resolve(name)), name);
      }
    } finally {
      Stores.delete(folder);
    }
  }

  /** Often the first few have one size, so that the change comes late. */
  private static List<Pixels> masks(int count, long seed) {
    Random random = new Random(seed);
    List<Pixels> masks = new ArrayList<>();
    int height = 1 + random.nextInt(40);
    int width = 1 + random.nextInt(150);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(3) == 0) {
        height = 1 + random.nextInt(40);
        width = 1 + random.nextInt(150);
      }
      masks.add(Pixels.noise(height, width, seed + i));
    }
    return masks;
  }

  private static boolean sameSizes(List<Pixels> masks) {
    Pixels first = masks.getFirst();
    return masks.stream().allMatch(m -> m.height() == first.height() && m.width() == first.width());
  }
}
