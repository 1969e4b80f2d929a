package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.maskmap.internal.os.MapAdvice;
import dev.maskmap.internal.os.PageCache;
import dev.maskmap.testing.ChildJvm;
import dev.maskmap.testing.Masks;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stores that are in memory, or are not, and what brings them there. */
class StoreMemoryTest {
  /** What a store may be. */
  private enum Kind {
    BITS,
    RUNS,
    RAGGED_BITS,
    RAGGED_RUNS,
    DATA_SET,
    BARE
  }

  @TempDir Path folder;

  private Path write(Kind kind) throws IOException {
    Pixels noise = Pixels.noise(400, 600, 1);
    List<Pixels> same = List.of(noise, Pixels.blobs(400, 600, 2), Pixels.noise(400, 600, 3));
    List<Pixels> ragged = List.of(noise, Pixels.blobs(300, 900, 2), Pixels.noise(9, 7, 3));
    Path store = folder.resolve("t.masks");
    return switch (kind) {
      case BITS -> Stores.write(store, Layout.BITS, same);
      case RUNS -> Stores.write(store, Layout.RUNS, same);
      case RAGGED_BITS -> Stores.write(store, Layout.BITS, ragged);
      case RAGGED_RUNS -> Stores.write(store, Layout.RUNS, ragged);
      case DATA_SET -> dataSet(store, ragged);
      case BARE -> Stores.npy(folder.resolve("t.npy"), noise.packed(), 50, 600);
    };
  }

  private static Path dataSet(Path set, List<Pixels> masks) throws IOException {
    for (int i = 0; i < masks.size(); i++) {
      Pixels mask = masks.get(i);
      try (MaskStoreWriter writer = MaskStoreWriter.append(set)) {
        Masks.add(writer, "m" + i, mask);
        writer.commit();
      }
    }
    return set;
  }

  private static void drop(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        PageCache.drop(file);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aWarmStoreIsAllInMemory(Kind kind) throws IOException {
    Path path = write(kind);
    if (PageCache.canDrop()) {
      drop(path);
    }
    try (MaskStore store = MaskStore.open(path)) {
      Residency before = store.residency();
      AtomicLong reached = new AtomicLong();
      Residency after = store.warm(bytes -> assertTrue(reached.getAndSet(bytes) <= bytes));
      assertEquals(after.bytes(), reached.get());
      assertEquals(before.bytes(), after.bytes());
      assertTrue(after.bytes() >= store.size() * 4, "maps of all files");
      assertEquals(MapAdvice.canAsk(), after.isKnown());
      assertEquals(MapAdvice.canAsk(), after.isComplete());
      assertTrue(before.residentBytes() <= after.residentBytes());
      assertEquals(after, store.warm());
    }
  }

  @Test
  void aStoreThatWasDroppedIsNotInMemory() throws IOException {
    assumeTrue(PageCache.canDrop());
    Path path = write(Kind.BITS);
    drop(path);
    try (MaskStore store = MaskStore.open(path)) {
      Residency cold = store.residency();
      assumeTrue(cold.residentBytes() < cold.bytes(), "nothing is dropped here");
      assertFalse(cold.isComplete());
      assertTrue(cold.isKnown());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void prefetchedPatchesReadTheSame(Kind kind) throws IOException {
    Path path = write(kind);
    long expected;
    try (MaskStore store = MaskStore.open(path)) {
      expected = HintsMain.checksum(store);
    }
    if (PageCache.canDrop()) {
      drop(path);
    }
    try (MaskStore store = MaskStore.open(path)) {
      for (long mask = 0; mask < store.size(); mask++) {
        int height = store.height(mask);
        int width = store.width(mask);
        store.prefetch(mask, 0, 0, height, width);
        store.prefetch(mask, height - 1, width - 1, 1, 1);
      }
      assertEquals(expected, HintsMain.checksum(store));
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aPrefetchedMaskIsSoonInMemory(Layout layout) throws IOException, InterruptedException {
    assumeTrue(PageCache.canDrop());
    Path path =
        Stores.write(folder.resolve("m.masks"), layout, List.of(Pixels.noise(2000, 2000, 1)));
    drop(path);
    try (MaskStore store = MaskStore.open(path)) {
      assumeTrue(store.residency().residentBytes() < 250_000, "nothing is dropped here");
      store.prefetch(0, 0, 0, 2000, 2000);
      for (int i = 0; i < 1000 && store.residency().residentBytes() < 500_000; i++) {
        Thread.sleep(5);
      }
      assertTrue(store.residency().residentBytes() >= 500_000, store.residency().toString());
    }
  }

  @Test
  void aPatchOfAWideMaskIsAnnouncedRowByRow() throws IOException, InterruptedException {
    assumeTrue(PageCache.canDrop() && MapAdvice.pageBytes() == 4096);
    int width = 1 << 18;
    Path path = Files.write(folder.resolve("wide.raw"), new byte[4 * width]);
    drop(path);
    try (MaskStore store = MaskStore.openRaw(path, 0, 1, 32, width)) {
      assumeTrue(store.residency().residentBytes() == 0, "nothing is dropped here");
      store.prefetch(0, 3, 5000, 16, 100);
      for (int i = 0; i < 1000 && store.residency().residentBytes() < 3 * 4096; i++) {
        Thread.sleep(5);
      }
      assertEquals(3 * 4096, store.residency().residentBytes(), "a page in each packed row");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aPatchThatLeavesItsMaskIsNotPrefetched(Kind kind) throws IOException {
    try (MaskStore store = MaskStore.open(write(kind))) {
      int height = store.height(0);
      int width = store.width(0);
      String message =
          assertThrows(
                  IndexOutOfBoundsException.class, () -> store.prefetch(0, 1, 0, height, width))
              .getMessage();
      assertEquals(
          "patch of %dx%d at y 1, x 0 leaves mask 0 of %s, which is %dx%d"
              .formatted(height, width, store.path(), height, width),
          message);
      long size = store.size();
      assertThrows(IndexOutOfBoundsException.class, () -> store.prefetch(size, 0, 0, 1, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> store.prefetch(-1, 0, 0, 1, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> store.prefetch(0, -1, 0, 1, 1));
      assertThrows(IllegalArgumentException.class, () -> store.prefetch(0, 0, 0, 0, 1));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aClosedStoreSaysSo(Kind kind) throws IOException {
    MaskStore store = MaskStore.open(write(kind));
    store.close();
    for (Runnable use :
        List.<Runnable>of(
            () -> store.prefetch(0, 0, 0, 1, 1), store::warm, () -> store.residency())) {
      String message = assertThrows(IllegalStateException.class, use::run).getMessage();
      assertEquals(store.path() + ": the store is closed", message);
    }
  }

  @Test
  void aStoreThatIsClosedMeanwhileSaysSoAndClosingNeverFails()
      throws IOException, InterruptedException {
    Path path = write(Kind.RAGGED_RUNS);
    for (int round = 0; round < 20; round++) {
      MaskStore store = MaskStore.open(path);
      List<Throwable> thrown = new CopyOnWriteArrayList<>();
      List<Runnable> uses =
          List.of(() -> store.prefetch(1, 0, 0, 300, 900), store::warm, () -> store.residency());
      List<Thread> threads =
          uses.stream()
              .map(
                  use ->
                      Thread.ofPlatform()
                          .uncaughtExceptionHandler((thread, e) -> thrown.add(e))
                          .start(
                              () -> {
                                while (true) {
                                  use.run();
                                }
                              }))
              .toList();
      Thread.sleep(5);
      store.close();
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(3, thrown.size());
      for (Throwable e : thrown) {
        assertEquals(store.path() + ": the store is closed", e.getMessage());
      }
    }
  }

  @Test
  void aFileCutShortUnderWarmIsNamed() throws IOException {
    Path path = write(Kind.BITS);
    try (MaskStore store = MaskStore.open(path)) {
      Stores.truncate(path.resolve("masks.npy"), 200);
      String message = assertThrows(MaskAccessException.class, store::warm).getMessage();
      assertTrue(message.contains(path.toString()), message);
      store.prefetch(2, 0, 0, 400, 600);
      store.residency();
    }
  }

  @Test
  void anInterruptedThreadEndsWarmingAndStaysInterrupted() throws IOException {
    try (MaskStore store = MaskStore.open(write(Kind.BITS))) {
      AtomicLong calls = new AtomicLong();
      Thread.currentThread().interrupt();
      store.warm(bytes -> calls.incrementAndGet());
      assertTrue(Thread.interrupted());
      assertEquals(0, calls.get());
    }
  }

  @Test
  @Tag("once")
  void withoutNativeAccessOnlyTheHintsAreLost() throws IOException {
    for (Kind kind : List.of(Kind.BITS, Kind.RAGGED_RUNS)) {
      Path path = write(kind);
      long expected;
      try (MaskStore store = MaskStore.open(path)) {
        expected = HintsMain.checksum(store);
      }
      String scalar = "-Dmaskmap.kernel=scalar";
      String access = "--enable-native-access=ALL-UNNAMED";
      for (List<String> flags : List.of(List.of(scalar), List.of(scalar, access))) {
        ChildJvm.Result result = ChildJvm.run(flags, HintsMain.class, path.toString());
        assertEquals("", result.err());
        boolean known = flags.contains(access) && MapAdvice.isSupported();
        assertEquals("%d %s".formatted(expected, known), result.out().strip(), result::all);
      }
      Stores.delete(path);
    }
  }
}
