package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.testing.Allocations;
import dev.maskmap.testing.Latches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeatsTest {
  private static final long AWAY = Seats.AWAY_NANOS;

  @TempDir Path folder;

  private final Thread consumer = Thread.currentThread();

  @Test
  void aConsumerThatComesBackAtOnceGetsASeat() {
    Seats seats = new Seats(2, 0);
    seats.comes(0);
    assertNull(seats.sit());
    assertFalse(seats.isAsked(), "it may have work of its own");
    seats.goes(100);
    seats.comes(100 + AWAY - 1);
    assertNull(seats.sit());
    assertTrue(seats.isAsked());

    Seat given = seat();
    seats.giveUp(given);
    assertFalse(seats.isAsked());
    assertNull(seats.takeBack(AWAY * 9), "the consumer waits for it");
    assertSame(given, seats.sit());
    assertNull(seats.takeBack(AWAY * 9));
    assertNull(seats.sit());
    assertFalse(seats.isAsked(), "no second worker rests");
    seats.stand(given);
    assertSame(given, seats.sit());
    seats.stand(given);

    seats.goes(1_000);
    assertNull(seats.takeBack(1_000 + AWAY - 1));
    assertSame(given, seats.takeBack(1_000 + AWAY));
    assertNull(seats.takeBack(1_000 + AWAY));

    seats.goes(2_000);
    seats.comes(2_000);
    assertNull(seats.sit());
    assertTrue(seats.isAsked());
  }

  @Test
  void aConsumerThatHadWorkOfItsOwnLosesItsSeat() {
    Seats seats = new Seats(2, 0);
    seats.goes(0);
    seats.comes(1);
    assertNull(seats.sit());
    Seat given = seat();
    seats.giveUp(given);
    assertSame(given, seats.sit());
    seats.stand(given);
    seats.goes(10);
    seats.comes(10 + AWAY);
    assertNull(seats.sit());
    assertFalse(seats.isAsked());
    assertSame(given, seats.takeBack(10 + AWAY));
  }

  @Test
  void aConsumerThatHasGoneAsksForNothing() {
    Seats seats = new Seats(3, 0);
    seats.goes(0);
    seats.comes(1);
    assertNull(seats.sit());
    assertTrue(seats.isAsked());
    seats.goes(2);
    assertFalse(seats.isAsked());
  }

  @Test
  void theOnlyWorkerIsNeverAsked() {
    Seats seats = new Seats(1, 0);
    seats.goes(0);
    seats.comes(1);
    assertNull(seats.sit());
    assertFalse(seats.isAsked());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void asManyFillAtATimeAsThereAreWorkers(int workers) throws IOException {
    AtomicInteger drawing = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicBoolean seen = new AtomicBoolean();
    OwnSampler sampler =
        new OwnSampler(
            8,
            (to, k) -> {
              most.accumulateAndGet(drawing.incrementAndGet(), Math::max);
              if (Thread.currentThread() == consumer) {
                seen.set(true);
              }
              LockSupport.parkNanos(50_000);
              to.set(0, 0, 0);
              drawing.decrementAndGet();
            });
    try (MaskStore store = OwnSampler.store(folder);
        PatchLoader loader = loader(store, sampler, workers)) {
      long begin = System.nanoTime();
      for (int e = 0; e < 3 || (workers > 1 && !seen.get()); e++) {
        assertTrue(System.nanoTime() - begin < Latches.PATIENCE_NANOS, "the consumer never fills");
        Epoch epoch = loader.epoch(e);
        while (epoch.hasNext()) {
          epoch.next().close();
        }
        // Also the thread that rests ends by itself.
        while (!Allocations.threads("maskmap-loader-").isEmpty()) {
          assertTrue(System.nanoTime() - begin < Latches.PATIENCE_NANOS, "a thread stays");
          Thread.onSpinWait();
        }
      }
    }
    assertTrue(most.get() <= workers, "%d at a time".formatted(most.get()));
    assertEquals(workers > 1, seen.get());
  }

  @Test
  void aConsumerThatIsSlowDoesNotFill() throws IOException {
    AtomicBoolean seen = new AtomicBoolean();
    OwnSampler sampler =
        new OwnSampler(
            8,
            (to, k) -> {
              if (Thread.currentThread() == consumer) {
                seen.set(true);
              }
              LockSupport.parkNanos(200_000);
              to.set(0, 0, 0);
            });
    try (MaskStore store = OwnSampler.store(folder);
        PatchLoader loader = loader(store, sampler, 2);
        Epoch epoch = loader.epoch(0)) {
      while (epoch.hasNext()) {
        epoch.next().close();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < AWAY) {
          Thread.onSpinWait();
        }
      }
      assertTrue(epoch.waitedNanos() > 0);
    }
    assertFalse(seen.get());
  }

  /** The consumer fills, and then goes off for good: two workers fill again. */
  @Test
  void theWorkerThatRestsGoesOnWhereTheConsumerStaysAway() throws Exception {
    AtomicBoolean seen = new AtomicBoolean();
    AtomicBoolean away = new AtomicBoolean();
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    CountDownLatch both = new CountDownLatch(1);
    OwnSampler sampler =
        new OwnSampler(
            8,
            1_000_000,
            (to, k) -> {
              if (Thread.currentThread() == consumer) {
                seen.set(true);
              } else if (away.get()) {
                workers.add(Thread.currentThread());
                if (workers.size() == 2) {
                  both.countDown();
                }
              }
              LockSupport.parkNanos(100_000);
              to.set(0, 0, 0);
            });
    try (MaskStore store = OwnSampler.store(folder);
        PatchLoader loader = loader(store, sampler, 2);
        Epoch epoch = loader.epoch(0)) {
      while (!seen.get()) {
        epoch.next().close();
      }
      away.set(true);
      assertTrue(Latches.await(both), "one worker rests for ever");
      away.set(false);
      epoch.next().close();
    }
    assertEquals(List.of(), Allocations.threads("maskmap-loader-"));
  }

  @Test
  void closingWaitsForAConsumerThatFills() throws Exception {
    CountDownLatch fills = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicBoolean tooEarly = new AtomicBoolean();
    OwnSampler sampler =
        new OwnSampler(
            8,
            1_000_000,
            (to, k) -> {
              if (Thread.currentThread() == consumer && fills.getCount() > 0) {
                fills.countDown();
                tooEarly.set(Latches.await(closed, 100_000_000));
              }
              to.set(0, 0, 0);
            });
    try (MaskStore store = OwnSampler.store(folder)) {
      PatchLoader loader = loader(store, sampler, 2);
      Epoch epoch = loader.epoch(0);
      Thread closer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    Latches.await(fills);
                    epoch.close();
                    closed.countDown();
                  });
      String message =
          assertThrows(
                  IllegalStateException.class,
                  () -> {
                    while (true) {
                      epoch.next().close();
                    }
                  })
              .getMessage();
      assertTrue(message.startsWith("the epoch is closed after "), message);
      closer.join();
      assertFalse(tooEarly.get());
      assertEquals(List.of(), Allocations.threads("maskmap-loader-"));
      loader.close();
    }
  }

  @Test
  void aConsumerThatIsInterruptedWhileItFillsIsToldAndMayGoOn() throws IOException {
    AtomicInteger interrupts = new AtomicInteger(3);
    OwnSampler sampler =
        new OwnSampler(
            8,
            1_000_000,
            (to, k) -> {
              if (Thread.currentThread() == consumer && interrupts.getAndDecrement() > 0) {
                consumer.interrupt();
              }
              to.set(0, 0, 0);
            });
    try (MaskStore store = OwnSampler.store(folder);
        PatchLoader loader = loader(store, sampler, 2);
        Epoch epoch = loader.epoch(0)) {
      int told = 0;
      long expected = 0;
      while (interrupts.get() > 0 || told == 0) {
        try (Batch batch = epoch.next()) {
          assertEquals(expected++, batch.number());
        } catch (IllegalStateException e) {
          assertEquals("interrupted while waiting for a batch", e.getMessage());
          assertTrue(Thread.interrupted());
          told++;
        }
      }
      // The last one may have filled the batch that was waited for: then it was not told.
      Thread.interrupted();
      try (Batch batch = epoch.next()) {
        assertEquals(expected, batch.number());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSamplerThatClosesItsEpochIsRefused(int workers) throws IOException {
    AtomicReference<Epoch> epoch = new AtomicReference<>();
    OwnSampler sampler =
        new OwnSampler(
            8,
            1_000_000,
            (to, k) -> {
              // With two workers only once it is asked in the consumer's thread.
              if (epoch.get() != null && (workers == 1 || Thread.currentThread() == consumer)) {
                epoch.get().close();
              }
              to.set(0, 0, 0);
            });
    try (MaskStore store = OwnSampler.store(folder);
        PatchLoader loader = loader(store, sampler, workers)) {
      epoch.set(loader.epoch(0));
      String message =
          assertThrows(
                  LoadException.class,
                  () -> {
                    while (true) {
                      epoch.get().next().close();
                    }
                  })
              .getMessage();
      assertTrue(message.contains("a sampler cannot close the epoch that it draws for"), message);
      epoch.get().close();
    }
    assertEquals(List.of(), Allocations.threads("maskmap-loader-"));
  }

  @Test
  void aConsumerThatIsInterruptedFillsNoMore() throws IOException {
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicInteger later = new AtomicInteger();
    OwnSampler sampler =
        new OwnSampler(
            8,
            1_000_000,
            (to, k) -> {
              if (Thread.currentThread() == consumer) {
                later.addAndGet(interrupted.get() ? 1 : 0);
                interrupted.set(true);
                consumer.interrupt();
              }
              LockSupport.parkNanos(50_000);
              to.set(0, 0, 0);
            });
    try (MaskStore store = OwnSampler.store(folder);
        PatchLoader loader =
            PatchLoader.of(store, sampler).batch(100).parts(100).workers(2).open();
        Epoch epoch = loader.epoch(0)) {
      assertThrows(
          IllegalStateException.class,
          () -> {
            while (true) {
              epoch.next().close();
            }
          });
      assertTrue(Thread.interrupted());
    }
    assertEquals(0, later.get());
  }

  private static PatchLoader loader(MaskStore store, OwnSampler sampler, int workers) {
    return PatchLoader.of(store, sampler).batch(4).parts(2).workers(workers).inFlight(9).open();
  }

  private static Seat seat() {
    return new Seat(null, 0, 1);
  }
}
