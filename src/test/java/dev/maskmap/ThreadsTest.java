package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Patches.Target;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One store, many threads, and what they see when it is closed. */
@Tag("kernel")
@ParameterizedClass
@EnumSource(Layout.class)
class ThreadsTest {
  private static final int THREADS = 8;
  private static final int HEIGHT = 120;
  private static final int WIDTH = 160;

  @Parameter Layout layout;
  @TempDir Path folder;
  private final List<Pixels> masks =
      List.of(Pixels.noise(HEIGHT, WIDTH, 5), Pixels.blobs(HEIGHT, WIDTH, 6));

  @Test
  void manyThreadsReadAtOnce() throws Exception {
    try (MaskStore store = open();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        long seed = t;
        done.add(pool.submit(() -> readMany(store, new Random(seed))));
      }
      for (Future<?> future : done) {
        future.get();
      }
    }
  }

  private void readMany(MaskStore store, Random random) {
    PixelType[] types = PixelType.values();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment off = arena.allocate(64 * 64 * 8);
      MemorySegment heap = MemorySegment.ofArray(new byte[64 * 64 * 8]);
      for (int i = 0; i < 400; i++) {
        PixelType type = types[random.nextInt(types.length)];
        int h = 1 + random.nextInt(64);
        int w = 1 + random.nextInt(64);
        Region region =
            Region.of(random.nextInt(HEIGHT - h + 1), random.nextInt(WIDTH - w + 1), h, w);
        MemorySegment all = random.nextBoolean() ? off : heap;
        Target target = new Target(all.asSlice(0, type.patchBytes(h, w)), 0, 0);
        int mask = random.nextInt(masks.size());
        Patches.check(store, mask, masks.get(mask), region, type, target);
        assertEquals(
            masks.get(mask).patch(region.y(), region.x(), h, w).count(),
            store.mask(mask).count(region));
      }
    }
  }

  @Test
  void everyReadAfterCloseIsRefusedWithTheStoresName() throws IOException {
    MaskStore store = open();
    Mask mask = store.mask(0);
    store.close();
    store.close();
    List<org.junit.jupiter.api.function.Executable> reads =
        List.of(
            () ->
                store.read(0, 0, 0, 8, 8, PixelType.UINT8, MemorySegment.ofArray(new byte[64]), 0),
            () -> mask.get(0, 0),
            mask::count,
            () -> mask.count(Region.of(0, 0, 3, 3)),
            () -> mask.nextForeground(0),
            mask::toBytes,
            mask::toBitSet);
    for (int i = 0; i < reads.size(); i++) {
      IllegalStateException e = assertThrows(IllegalStateException.class, reads.get(i), "" + i);
      assertTrue(e.getMessage().contains(store.path().toString()), i + ": " + e.getMessage());
    }
  }

  @Test
  void threadsThatReadWhileTheStoreClosesEndWithAnException() throws Exception {
    for (int round = 0; round < 10; round++) {
      MaskStore store = open();
      AtomicLong reads = new AtomicLong();
      try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
        List<Future<Throwable>> ends = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          PixelType type = PixelType.values()[t % PixelType.values().length];
          boolean heap = t % 2 == 0;
          ends.add(pool.submit(() -> readUntilRefused(store, type, heap, reads)));
        }
        while (reads.get() < 1000) {
          Thread.onSpinWait();
        }
        store.close();
        for (Future<Throwable> end : ends) {
          Throwable e = end.get();
          assertEquals(IllegalStateException.class, e.getClass(), () -> stack(e));
          assertTrue(String.valueOf(e.getMessage()).contains("s.masks"), () -> stack(e));
        }
      }
      Stores.delete(folder.resolve("s.masks"));
    }
  }

  private static Throwable readUntilRefused(
      MaskStore store, PixelType type, boolean heap, AtomicLong reads) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = type.patchBytes(HEIGHT, WIDTH);
      MemorySegment dst =
          heap ? MemorySegment.ofArray(new byte[(int) bytes]) : arena.allocate(bytes);
      try {
        while (true) {
          store.read(0, 0, 0, HEIGHT, WIDTH, type, dst, 0);
          store.mask(0).count(Region.of(1, 1, 50, 50));
          reads.incrementAndGet();
        }
      } catch (Throwable e) {
        return e;
      }
    }
  }

  private static String stack(Throwable e) {
    java.io.StringWriter text = new java.io.StringWriter();
    e.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }

  private MaskStore open() throws IOException {
    return MaskStore.open(Stores.write(folder.resolve("s.masks"), layout, masks));
  }
}
