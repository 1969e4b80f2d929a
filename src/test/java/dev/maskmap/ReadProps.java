package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.Patches.Target;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** What was packed is what is read, for random sizes, origins and types. */
@Tag("kernel")
class ReadProps {
  private static final int PATCHES = 6;

  @Property(tries = 120)
  void packThenReadEqualsTheSource(
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll Layout layout,
      @ForAll long seed)
      throws IOException {
    List<Pixels> masks =
        List.of(
            Pixels.noise(height, width, seed),
            Pixels.blobs(height, width, seed + 1),
            Pixels.noise(height, width, seed + 2));
    Path folder = Files.createTempDirectory("read");
    try (MaskStore store = MaskStore.open(Stores.write(folder.resolve("s.masks"), layout, masks));
        Arena arena = Arena.ofConfined()) {
      Random random = new Random(seed);
      for (PixelType type : PixelType.values()) {
        for (int i = 0; i < PATCHES; i++) {
          int mask = random.nextInt(masks.size());
          Region region = region(random, height, width);
          long offset = random.nextInt(3) * 5L;
          long gap = random.nextInt(3) * 17L;
          long bytes = Target.bytes(type, region.height(), region.width(), offset, gap);
          Target target = new Target(arena.allocate(bytes + 9), offset, gap);
          Patches.check(store, mask, masks.get(mask), region, type, target);
        }
      }
    } finally {
      Stores.delete(folder);
    }
  }

  @Property(tries = 120)
  void viewsSayWhatTheSourceSays(
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll Layout layout,
      @ForAll long seed)
      throws IOException {
    Pixels source =
        seed % 2 == 0 ? Pixels.noise(height, width, seed) : Pixels.blobs(height, width, seed);
    Path folder = Files.createTempDirectory("view");
    try (MaskStore store =
        MaskStore.open(Stores.write(folder.resolve("s.masks"), layout, List.of(source)))) {
      Random random = new Random(seed);
      Mask mask = store.mask(0);
      assertEquals(source.count(), mask.count());
      for (int i = 0; i < PATCHES; i++) {
        Region r = region(random, height, width);
        assertEquals(
            source.patch(r.y(), r.x(), r.height(), r.width()).count(), mask.count(r), r::toString);
      }
      assertEquals(source.bits(), mask.toBitSet());
    } finally {
      Stores.delete(folder);
    }
  }

  private static Region region(Random random, int height, int width) {
    int h = 1 + random.nextInt(height);
    int w = 1 + random.nextInt(width);
    return Region.of(random.nextInt(height - h + 1), random.nextInt(width - w + 1), h, w);
  }
}
