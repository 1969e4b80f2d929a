package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.sample.Masks;
import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import dev.maskmap.sample.SmallMasks;
import dev.maskmap.sample.Turns;
import dev.maskmap.testing.Allocations;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class PatchLoaderTest {
  private static final long SEED = -3;

  @TempDir Path folder;

  private static List<Pixels> masks(int count) {
    List<Pixels> masks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      masks.add(Pixels.noise(20 + i % 3, 30 - i % 4, i));
    }
    return masks;
  }

  /** A batch as text: its number, and of each patch the place and the pixels. */
  private static String text(Batch batch, PixelType type, Sampler sampler) {
    long bytes = type.patchBytes(sampler.height(), sampler.width());
    StringBuilder text = new StringBuilder().append(batch.number()).append(':');
    for (int i = 0; i < batch.size(); i++) {
      assertEquals(i * bytes, batch.offset(i));
      byte[] pixels =
          batch.patches().asSlice(batch.offset(i), bytes).toArray(ValueLayout.JAVA_BYTE);
      text.append(
          " %d,%d,%d,%d,%d,%08x"
              .formatted(
                  batch.mask(i),
                  batch.y(i),
                  batch.x(i),
                  batch.validHeight(i),
                  batch.validWidth(i),
                  Arrays.hashCode(pixels)));
    }
    return text.toString();
  }

  /** What a batch should be, drawn and read one patch after the other. */
  private static String expected(
      MaskStore store,
      Sampler sampler,
      PixelType type,
      long epoch,
      long number,
      int size,
      int full) {
    return expected(store, sampler, type, epoch, number, size, full, SEED);
  }

  private static String expected(
      MaskStore store,
      Sampler sampler,
      PixelType type,
      long epoch,
      long number,
      int size,
      int full,
      long seed) {
    int h = sampler.height();
    int w = sampler.width();
    StringBuilder text = new StringBuilder().append(number).append(':');
    Place place = new Place();
    for (int i = 0; i < size; i++) {
      sampler.draw(seed, epoch, number * full + i, place);
      int height = Math.min(h, store.height(place.mask()) - place.y());
      int width = Math.min(w, store.width(place.mask()) - place.x());
      byte[] pixels = new byte[(int) type.patchBytes(h, w)];
      store.read(
          place.mask(),
          place.y(),
          place.x(),
          height,
          width,
          type,
          MemorySegment.ofArray(pixels),
          0,
          type.rowBytes(w));
      text.append(
          " %d,%d,%d,%d,%d,%08x"
              .formatted(
                  place.mask(), place.y(), place.x(), height, width, Arrays.hashCode(pixels)));
    }
    return text.toString();
  }

  private static List<String> all(Epoch epoch, PixelType type, Sampler sampler, long stopAfter) {
    List<String> batches = new ArrayList<>();
    while (epoch.hasNext() && batches.size() < stopAfter) {
      try (Batch batch = epoch.next()) {
        batches.add(text(batch, type, sampler));
      }
    }
    return batches;
  }

  /** Threads, memory and ranks change nothing but who reads what, and when. */
  @Property(tries = 40)
  void everyBatchIsWhatItsNumbersSayWhoeverReadsIt(
      @ForAll @IntRange(min = 1, max = 8) int workers,
      @ForAll @IntRange(min = 2, max = 6) int inFlight,
      @ForAll @IntRange(max = 8) int parts,
      @ForAll @IntRange(min = 1, max = 5) int world,
      @ForAll @IntRange(min = 1, max = 24) int batch,
      @ForAll Uneven uneven,
      @ForAll boolean keepLast,
      @ForAll Layout layout,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    PixelType type = PixelType.values()[random.nextInt(PixelType.values().length)];
    Path temporary = Files.createTempDirectory("loader");
    try (MaskStore store =
        MaskStore.open(Stores.write(temporary.resolve("s.masks"), layout, masks(17)))) {
      Sampler sampler =
          Sampling.of(store, 22, 9)
              .smallMasks(SmallMasks.PAD)
              .patchesPerMask(Math.ceilDiv(batch, 9) * (3 + random.nextInt(4)))
              .foreground(0.5, batch);
      long patches = sampler.size();
      boolean all = keepLast || uneven == Uneven.EXACT;
      long batches = all ? Math.ceilDiv(patches, batch) : patches / batch;
      // All ranks stop after as many batches, and others in another number go on.
      long stop = random.nextLong(batches / world + 1);
      List<List<String>> first = new ArrayList<>();
      LoaderState state = null;
      for (int rank = 0; rank < world; rank++) {
        try (PatchLoader loader =
                PatchLoader.of(store, sampler)
                    .type(type)
                    .batch(batch)
                    .workers(workers)
                    .inFlight(inFlight)
                    .parts(parts)
                    .seed(SEED)
                    .rank(rank, world)
                    .uneven(uneven)
                    .keepLast(keepLast)
                    .open();
            Epoch epoch = loader.epoch(4)) {
          first.add(all(epoch, type, sampler, stop));
          assertTrue(state == null || state.equals(epoch.state()));
          state = epoch.state();
        }
      }
      long next = stop * world;
      assertEquals(
          List.of(SEED, 4L, next * batch), List.of(state.seed(), state.epoch(), state.next()));
      state = LoaderState.fromJson(state.toJson());
      int others = 1 + random.nextInt(5);
      List<List<String>> rest = new ArrayList<>();
      for (int rank = 0; rank < others; rank++) {
        try (PatchLoader loader =
                PatchLoader.of(store, sampler)
                    .type(type)
                    .batch(batch)
                    .seed(SEED)
                    .rank(rank, others)
                    .uneven(uneven)
                    .keepLast(keepLast)
                    .open();
            Epoch epoch = loader.resume(state)) {
          assertEquals(state, epoch.state());
          rest.add(all(epoch, type, sampler, Long.MAX_VALUE));
          assertThrows(NoSuchElementException.class, epoch::next);
        }
      }
      long left = batches - next;
      for (int rank = 0; rank < world; rank++) {
        assertEquals(stop, first.get(rank).size());
        for (int i = 0; i < stop; i++) {
          check(first.get(rank).get(i), store, sampler, type, (long) i * world + rank, batch);
        }
      }
      for (int rank = 0; rank < others; rank++) {
        long count =
            switch (uneven) {
              case DROP -> left / others;
              case WRAP -> Math.ceilDiv(left, others);
              case EXACT -> left / others + (rank < left % others ? 1 : 0);
            };
        assertEquals(count, rest.get(rank).size());
        for (int i = 0; i < count; i++) {
          long number = (next + (long) i * others + rank) % batches;
          check(rest.get(rank).get(i), store, sampler, type, number, batch);
        }
      }
    } finally {
      Stores.delete(temporary);
    }
  }

  private static void check(
      String found, MaskStore store, Sampler sampler, PixelType type, long number, int batch) {
    int size = (int) Math.min(batch, sampler.size() - number * batch);
    assertEquals(expected(store, sampler, type, 4, number, size, batch), found);
  }

  private MaskStore store(Layout layout) throws IOException {
    return MaskStore.open(Stores.write(folder.resolve("s.masks"), layout, masks(12)));
  }

  @Test
  void aBatchThatIsClosedSaysSo() throws IOException {
    try (MaskStore store = store(Layout.BITS);
        PatchLoader loader =
            PatchLoader.of(store, Sampling.of(store, 8, 8).uniform()).batch(3).open();
        Epoch epoch = loader.epoch(1)) {
      Batch batch = epoch.next();
      assertThrows(IndexOutOfBoundsException.class, () -> batch.mask(3));
      assertThrows(IndexOutOfBoundsException.class, () -> batch.offset(-1));
      batch.close();
      batch.close();
      for (Executable use :
          List.<Executable>of(batch::patches, batch::size, batch::number, () -> batch.mask(0))) {
        assertTrue(assertThrows(IllegalStateException.class, use).getMessage().contains("closed"));
      }
    }
  }

  @Test
  void aNewEpochEndsTheOneBeforeAndClosingEndsAll() throws IOException {
    try (MaskStore store = store(Layout.BITS)) {
      PatchLoader loader =
          PatchLoader.of(store, Sampling.of(store, 8, 8).uniform()).batch(3).inFlight(2).open();
      Epoch first = loader.epoch(1);
      first.next().close();
      Epoch second = loader.epoch(2);
      assertTrue(
          assertThrows(IllegalStateException.class, first::hasNext)
              .getMessage()
              .contains("closed after 1 of 4 batches"));
      assertThrows(IllegalStateException.class, first::next);
      assertEquals(4, second.size());
      assertEquals(4, all(second, PixelType.UINT8, Sampling.of(store, 8, 8).uniform(), 9).size());
      loader.close();
      loader.close();
      assertThrows(IllegalStateException.class, () -> loader.epoch(3));
      assertEquals(List.of(), Allocations.threads("maskmap-loader-"));
    }
  }

  @Test
  void aFileThatIsCutShortIsAnErrorOfItsBatchAndTheOnesBeforeCome() throws IOException {
    // More than a page: what lies behind a file's end in its last page can still be read.
    Pixels large = Pixels.blobs(500, 600, 1);
    Path path = folder.resolve("s.masks");
    try (MaskStore store =
        MaskStore.open(Stores.write(path, Layout.BITS, Collections.nCopies(12, large)))) {
      Path file = path.resolve("masks.npy");
      Sampler sampler = Sampling.of(store, 8, 8).uniform();
      try (PatchLoader loader =
              PatchLoader.of(store, sampler).batch(1).inFlight(2).workers(2).open();
          Epoch epoch = loader.epoch(0)) {
        epoch.next().close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(1);
        }
        LoadException e =
            assertThrows(
                LoadException.class,
                () -> {
                  while (epoch.hasNext()) {
                    epoch.next().close();
                  }
                });
        assertTrue(e.getMessage().contains("s.masks: batch "), e.getMessage());
        assertTrue(e.getMessage().contains("mask '"), e.getMessage());
        assertThrows(LoadException.class, epoch::next);
      }
    }
  }

  @Test
  void aPlaceThatCannotBeDrawnIsAnErrorOfItsBatchToo() throws IOException {
    Thread consumer = Thread.currentThread();
    try (MaskStore store = store(Layout.BITS)) {
      Sampler broken =
          new OwnSampler(
              8,
              (to, k) -> {
                if (k == 33) {
                  // Those behind it fail before it does.
                  LockSupport.parkNanos(20_000_000);
                  if (Thread.currentThread() != consumer) {
                    Thread.currentThread().interrupt();
                  }
                }
                if (k >= 33) {
                  throw new ArithmeticException("unlucky");
                }
                to.set(0, 0, 0);
              });
      for (int parts : new int[] {1, 5}) {
        try (PatchLoader loader =
            PatchLoader.of(store, broken).batch(10).workers(3).parts(parts).open()) {
          for (int again = 0; again < 3; again++) {
            Epoch epoch = loader.epoch(0);
            List<Long> numbers = new ArrayList<>();
            LoadException e =
                assertThrows(
                    LoadException.class,
                    () -> {
                      while (epoch.hasNext()) {
                        try (Batch batch = epoch.next()) {
                          numbers.add(batch.number());
                        }
                      }
                    });
            assertEquals(List.of(0L, 1L, 2L), numbers);
            assertTrue(
                e.getMessage()
                    .contains("batch 3, patch 3, cannot be drawn: java.lang.ArithmeticException"),
                e.getMessage());
            assertFalse(epoch.hasNext());
          }
        }
      }
    }
  }

  @Test
  void aMaskThatIsNotThereIsNamed() throws IOException {
    try (MaskStore store = store(Layout.BITS);
        PatchLoader loader =
            PatchLoader.of(store, new OwnSampler(8, (to, k) -> to.set(k < 4 ? 0 : 99, 0, 0)))
                .batch(10)
                .open();
        Epoch epoch = loader.epoch(0)) {
      String message = assertThrows(LoadException.class, epoch::next).getMessage();
      assertTrue(message.contains("batch 0, patch 4, of mask '99', cannot be read: "), message);
    }
  }

  @Test
  void epochsThatEndEarlyLeaveTheirMemoryToTheNext() throws IOException {
    try (MaskStore store = store(Layout.BITS)) {
      Sampler sampler = Sampling.of(store, 8, 8).patchesPerMask(100).uniform();
      for (int workers : new int[] {1, 3}) {
        try (PatchLoader loader =
            PatchLoader.of(store, sampler).batch(8).workers(workers).parts(4).open()) {
          for (int round = 0; round < 60; round++) {
            Epoch epoch = loader.epoch(round);
            for (int i = 0; i < round % 4; i++) {
              epoch.next().close();
            }
          }
          Epoch last = loader.epoch(7);
          assertEquals(last.size(), all(last, PixelType.UINT8, sampler, Long.MAX_VALUE).size());
        }
      }
    }
  }

  @Test
  void closingFromAnotherThreadEndsAWaitAndNeverTheThreadsTooEarly() throws Exception {
    try (MaskStore store = store(Layout.BITS)) {
      for (int round = 0; round < 20; round++) {
        PatchLoader loader =
            PatchLoader.of(store, Sampling.of(store, 8, 8).uniform()).batch(1).inFlight(2).open();
        Epoch epoch = loader.epoch(round);
        epoch.next();
        epoch.next();
        Thread closer = Thread.ofPlatform().start(loader::close);
        assertThrows(IllegalStateException.class, epoch::next);
        closer.join();
        assertEquals(List.of(), Allocations.threads("maskmap-loader-"));
      }
    }
  }

  @Test
  void aConsumerThatIsInterruptedIsTold() throws IOException {
    try (MaskStore store = store(Layout.BITS);
        PatchLoader loader =
            PatchLoader.of(store, Sampling.of(store, 8, 8).uniform()).batch(1).inFlight(2).open();
        Epoch epoch = loader.epoch(0)) {
      Batch one = epoch.next();
      Batch two = epoch.next();
      Thread.currentThread().interrupt();
      assertThrows(IllegalStateException.class, epoch::next);
      assertTrue(Thread.interrupted());
      one.close();
      two.close();
      epoch.next().close();
      assertTrue(epoch.waitedNanos() > 0);
    }
  }

  @Test
  void wrongOptionsAreRefusedWithWhatWasExpected() throws IOException {
    try (MaskStore store = store(Layout.BITS)) {
      Sampler sampler = Sampling.of(store, 8, 8).uniform();
      refused("0 workers: expected 1 to 1024", () -> PatchLoader.of(store, sampler).workers(0));
      refused("1025 workers", () -> PatchLoader.of(store, sampler).workers(1025));
      refused("1 batches in flight", () -> PatchLoader.of(store, sampler).inFlight(1).open());
      refused("a batch of 0", () -> PatchLoader.of(store, sampler).batch(0).open());
      refused("rank 2 of 2", () -> PatchLoader.of(store, sampler).rank(2, 2).open());
      refused(
          "none for each of 3 ranks",
          () -> PatchLoader.of(store, sampler).batch(5).rank(0, 3).open());
      Sampler flat = Sampling.of(store, 8, 9).uniform();
      refused("need square", () -> PatchLoader.of(store, flat).turns(Turns.ALL).open());
      refused(
          "of PACKED patches",
          () -> PatchLoader.of(store, flat).turns(Turns.FLIPS).type(PixelType.PACKED).open());
      Sampler share = Sampling.of(store, 8, 8).foreground(0.5, 4);
      refused("holds over 4 patches", () -> PatchLoader.of(store, share).batch(6).open());
      refused("0 patches of a batch", () -> PatchLoader.of(store, sampler).batch(0).slotBytes());
      // Of the first, 2^64 bytes and a few are only a few where the product overflows.
      for (int side : new int[] {1_518_500_250, Integer.MAX_VALUE}) {
        Sampler vast = Sampling.of(store, side, side).smallMasks(SmallMasks.PAD).uniform();
        LoaderOptions options = PatchLoader.of(store, vast).type(PixelType.INT64).batch(1);
        refused("more than memory can be", options::memoryBytes);
        refused("more than memory can be", options::open);
      }
      refused("no batch of 13", () -> PatchLoader.of(store, sampler).batch(13).open());
      try (PatchLoader loader = PatchLoader.of(store, sampler).batch(5).seed(1).open()) {
        LoaderState.Source source = loader.epoch(0).state().source();
        refused("seed 2", () -> loader.resume(new LoaderState(2, 0, 0, source)));
        refused("multiple of 5", () -> loader.resume(new LoaderState(1, 0, 7, source)));
        refused("up to 10", () -> loader.resume(new LoaderState(1, 0, 15, source)));
        refused("up to 10", () -> loader.resume(new LoaderState(1, 0, -5, source)));
      }
    }
  }

  @Test
  void aStateGoesToTextAndBackAndIsRefusedWhereWhatItIsOfHasChanged() throws IOException {
    try (MaskStore store = store(Layout.BITS);
        MaskStore other =
            MaskStore.open(
                Stores.write(folder.resolve("t.masks"), Layout.BITS, masks(12).reversed()))) {
      Sampler sampler = Sampling.of(store, 8, 8).uniform();
      LoaderState state;
      try (PatchLoader loader = PatchLoader.of(store, sampler).batch(3).seed(-9).open();
          Epoch epoch = loader.epoch(7)) {
        epoch.next().close();
        state = epoch.state();
      }
      String json = state.toJson();
      assertEquals(
          "{\"maskmap_loader\": 1, \"seed\": -9, \"epoch\": 7, \"next\": 3, \"sampler\": \"%s\", \"turns\": \"none\", \"stores\": [\"%s\"], \"images\": null}"
              .formatted(sampler.describe(), store.id()),
          json);
      assertEquals(state, LoaderState.fromJson(json));
      refused("a member maskmap_loader", () -> LoaderState.fromJson("{}"));
      refused("state of a loader: byte 0", () -> LoaderState.fromJson("7"));
      refused("next", () -> LoaderState.fromJson(json.replace("\"next\": 3", "\"next\": -3")));
      refused(
          "from 1 to 1", () -> LoaderState.fromJson(json.replace("loader\": 1", "loader\": 2")));

      Sampler others = Sampling.of(other, 8, 8).uniform();
      try (PatchLoader loader = PatchLoader.of(other, others).batch(3).seed(-9).open()) {
        refused("t.masks has changed: the state is of", () -> loader.resume(state));
        refused("draws from another store than", () -> PatchLoader.of(other, sampler).open());
        Sampler some = Sampling.of(Masks.of(store).only(1, 2), 8, 8).uniform();
        refused("draws from another store than", () -> PatchLoader.of(other, some).open());
      }
      Sampler grid = Sampling.of(store, 8, 8).grid(8, 8);
      try (PatchLoader loader = PatchLoader.of(store, grid).batch(3).seed(-9).open()) {
        refused("the loader has", () -> loader.resume(state));
      }
      try (PatchLoader loader =
              PatchLoader.of(other, others).batch(3).seed(-9).allowChanges(true).open();
          Epoch rest = loader.resume(state)) {
        assertEquals(3, rest.size());
      }
    }
  }

  @Test
  void theCallersPlacesComeInTheirOrder() throws IOException {
    try (MaskStore store = store(Layout.RUNS);
        PatchLoader loader =
            PatchLoader.of(store, Sampling.of(store, 8, 8).uniform()).batch(2).workers(2).open()) {
      long[] mask = {3, 0, 3, 11, 5};
      int[] y = {0, 12, 12, 1, 2};
      int[] x = {19, 0, 19, 4, 5};
      Sampler listed = Sampling.of(store, 8, 8).at(mask, y, x);
      try (Epoch epoch = loader.read(mask, y, x)) {
        assertEquals(3, epoch.size());
        for (int n = 0; epoch.hasNext(); n++) {
          try (Batch batch = epoch.next()) {
            String found = text(batch, PixelType.UINT8, listed);
            int size = Math.min(2, 5 - 2 * n);
            assertEquals(expected(store, listed, PixelType.UINT8, 0, n, size, 2), found);
          }
        }
        assertThrows(IllegalStateException.class, epoch::state);
      }
      y[1] = 13;
      refused("patch 1: y 13 of mask 0, expected 0 to 12", () -> loader.read(mask, y, x));
      refused("mask 12", () -> loader.read(new long[] {12}, new int[1], new int[1]));
      refused("0 masks", () -> loader.read(new long[0], new int[0], new int[0]));
      refused("2 rows", () -> loader.read(new long[1], new int[2], new int[1]));
      assertEquals(
          "listed=5:%s 8x8".formatted(listed.describe().split("[: ]")[1]), listed.describe());
    }
  }

  @Test
  void memoryOfTheCallerHoldsTheBatchesWhereItIsSaid() throws IOException {
    Path file = folder.resolve("ring");
    try (MaskStore store = store(Layout.BITS);
        Arena arena = Arena.ofShared();
        FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      Sampler sampler = Sampling.of(store, 8, 9).uniform();
      LoaderOptions options = PatchLoader.of(store, sampler).batch(3).inFlight(3);
      assertEquals(256, options.slotBytes());
      assertEquals(768, options.memoryBytes());
      MemorySegment ring = channel.map(FileChannel.MapMode.READ_WRITE, 0, 768, arena);
      try (PatchLoader loader = options.memory(ring).open();
          Epoch epoch = loader.epoch(2)) {
        assertEquals(768, loader.memory());
        while (epoch.hasNext()) {
          try (Batch batch = epoch.next()) {
            byte[] there = ring.asSlice(256L * batch.slot(), 3 * 72).toArray(ValueLayout.JAVA_BYTE);
            byte[] here = batch.patches().asSlice(0, 3 * 72).toArray(ValueLayout.JAVA_BYTE);
            assertArrayEquals(here, there);
            String found = text(batch, PixelType.UINT8, sampler);
            int number = (int) batch.number();
            MaskStore same = store;
            assertEquals(expected(same, sampler, PixelType.UINT8, 2, number, 3, 3, 0), found);
          }
        }
      }
      refused("expected 768 or more", () -> options.memory(ring.asSlice(8)).open());
      refused("on the heap", () -> options.memory(MemorySegment.ofArray(new long[200])).open());
      try (Arena confined = Arena.ofConfined()) {
        MemorySegment mine = confined.allocate(768, 8);
        refused("confined to one thread", () -> options.memory(mine).open());
      }
    }
  }

  @Test
  void patchesThatTheSamplerGaveUpOnAreCounted() throws IOException {
    try (MaskStore store = store(Layout.BITS);
        MaskStore other =
            MaskStore.open(
                Stores.write(folder.resolve("t.masks"), Layout.BITS, masks(12).reversed()))) {
      Sampling sampling = Sampling.of(store, 8, 8);
      Sampler all = sampling.atLeast(sampling.uniform(), 64, 2);
      try (PatchLoader loader = PatchLoader.of(store, all).batch(5).open();
          Epoch epoch = loader.epoch(0)) {
        assertEquals(0, epoch.gaveUp());
        for (int n = 1; epoch.hasNext(); n++) {
          try (Batch batch = epoch.next()) {
            assertEquals(5, batch.gaveUp());
            assertTrue(batch.gaveUp(4));
          }
          assertEquals(5L * n, epoch.gaveUp());
        }
      }
      refused(
          "draws from another store",
          () -> Sampling.of(other, 8, 8).atLeast(sampling.uniform(), 1, 2));
    }
  }

  private static void refused(String expected, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
