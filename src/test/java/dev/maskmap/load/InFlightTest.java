package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.testing.Latches;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InFlightTest {
  private static final int PARTS = 4;

  @TempDir Path folder;

  private final Ring ring = new Ring(2);
  private final Seat first = new Seat(null, 0, 2);
  private final Seat second = new Seat(null, 2, 4);

  /** Three batches, and memory for two. */
  private InFlight inFlight() {
    SlotLayout layout = new SlotLayout(64 * 4, 0);
    for (int i = 0; i < ring.size(); i++) {
      ring.add(
          new Batch(
              ring,
              i,
              Arena.ofAuto().allocate(layout.bytes()),
              layout,
              new PatchShape(PixelType.UINT8, 8, 8),
              1,
              4,
              PARTS));
    }
    Shares shares = new Shares(List.of(first, second), PARTS);
    return new InFlight(ring, new Plan(12, 4, false, 0, 1, Uneven.DROP), shares, 0);
  }

  private void take(InFlight batches, Seat seat, long index, int part) {
    assertTrue(batches.take(seat, false));
    assertEquals(index, seat.index());
    assertEquals(part, seat.from());
  }

  @Test
  void aThreadThatIsAheadBeginsTheNextBatchAndTakesOtherPartsLast() {
    InFlight batches = inFlight();
    assertTrue(batches.isEmpty());
    assertFalse(batches.isInHand());
    synchronized (ring) {
      take(batches, second, 0, 2);
      assertTrue(batches.isInHand());
      for (int batch = 0; batch < 2; batch++) {
        for (int part = 0; part < 2; part++) {
          take(batches, first, batch, part);
          batches.finish(first);
          assertFalse(first.isTaken());
        }
      }
      assertFalse(batches.take(first, false), "no memory for a third batch");
      assertTrue(batches.take(first, true));
      assertEquals(0, first.index());
      assertEquals(3, first.from());
      assertNull(batches.done());
      batches.finish(first);
      batches.finish(second);
      assertFalse(batches.isInHand());
      Batch done = batches.done();
      assertNotNull(done);
      batches.handOut();
      assertEquals(1, batches.handed());
      ring.add(done);

      take(batches, first, 2, 0);
      take(batches, second, 1, 2);
      batches.finish(second);
      batches.finish(first);
      take(batches, first, 2, 1);
      take(batches, second, 1, 3);
      batches.finish(first);
      batches.finish(second);
      take(batches, second, 2, 2);
      batches.finish(second);
      assertFalse(batches.isOver());
      take(batches, second, 2, 3);
      assertTrue(batches.isOver());
      assertFalse(batches.take(first, true));
      batches.finish(second);
    }
  }

  @Test
  void whatChangesEndsASpinAndSoDoesTime() {
    InFlight batches = inFlight();
    long late = System.nanoTime() + Latches.PATIENCE_NANOS;
    synchronized (ring) {
      take(batches, first, 0, 0);
      int seen = ring.changes();
      batches.finish(first);
      ring.spin(seen, late);
      seen = ring.changes();
      batches.handOut();
      ring.spin(seen, late);
      seen = ring.changes();
      assertTrue(System.nanoTime() < late);
      ring.spin(seen, System.nanoTime() + 1_000_000);
      assertEquals(seen, ring.changes());
    }
  }

  /** One thread is stuck in the first batch until the other has failed in the second. */
  @Test
  void batchesBeforeOneThatFailsComeWhereItFailsFirst() throws IOException {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicBoolean stolen = new AtomicBoolean();
    OwnSampler sampler =
        new OwnSampler(
            8,
            (to, k) -> {
              if (k == 4 && !Latches.await(failed)) {
                throw new IllegalStateException("nobody has begun the second batch");
              }
              if (k == 6 && failed.getCount() > 0) {
                stolen.set(true);
              }
              if (k >= 8) {
                failed.countDown();
                throw new ArithmeticException("unlucky");
              }
              to.set(0, 0, 0);
            });
    try (MaskStore store = OwnSampler.store(folder);
        PatchLoader loader =
            PatchLoader.of(store, sampler).batch(8).parts(PARTS).workers(2).inFlight(2).open();
        Epoch epoch = loader.epoch(0)) {
      try (Batch batch = epoch.next()) {
        assertEquals(0, batch.number());
      }
      String message = assertThrows(LoadException.class, epoch::next).getMessage();
      assertTrue(message.contains("batch 1, patch 0, cannot be drawn"), message);
    }
    assertFalse(stolen.get(), "a part of the other thread before its own of the next batch");
  }
}
