package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.testing.Latches;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
  @TempDir Path folder;

  @Test
  void aThreadTakesItsOwnPartAndThenThoseThatAreLeft() {
    Parts parts = new Parts(4);
    parts.reset();
    assertEquals(2, parts.take(2));
    assertEquals(3, parts.take(2));
    assertEquals(1, parts.take(1));
    assertTrue(parts.hasMore());
    assertEquals(0, parts.take(2));
    assertFalse(parts.hasMore());
    parts.reset();
    assertEquals(3, parts.take(3));
    assertEquals(0, parts.take(3));
  }

  @Test
  void theFirstPatchThatFailsCountsOnceAllPartsAreDone() {
    Parts parts = new Parts(2);
    parts.reset();
    Throwable late = new IllegalStateException("late");
    Throwable early = new IllegalStateException("early");
    parts.take(1);
    parts.fail(7, true, late);
    parts.finish();
    assertFalse(parts.isDone());
    parts.take(1);
    parts.fail(3, false, early);
    parts.finish();
    assertTrue(parts.isDone());
    assertSame(early, parts.failure());
    assertEquals(3, parts.failedPatch());
    parts.reset();
    assertNull(parts.failure());
    assertFalse(parts.isDone());
  }

  /** One thread is stuck at its first patch, and the other takes all that is not of that part. */
  @Test
  void aThreadThatIsBehindGivesPartsAway() throws Exception {
    CountDownLatch drawn = new CountDownLatch(75);
    OwnSampler sampler =
        new OwnSampler(
            256,
            (to, k) -> {
              if (k >= 25) {
                drawn.countDown();
              } else if (k == 0 && !Latches.await(drawn)) {
                throw new IllegalStateException("of 75 patches " + drawn.getCount() + " are left");
              }
              to.set(0, 6, 4);
            });
    try (MaskStore store = OwnSampler.store(folder);
        PatchLoader loader = PatchLoader.of(store, sampler).batch(100).workers(2).open();
        Epoch epoch = loader.epoch(0);
        Batch batch = epoch.next()) {
      assertEquals(100, batch.size());
    }
  }

  /** Only one of the two has to wait, at every patch. */
  @Test
  void aThreadThatIsSlowHasSmallParts() throws Exception {
    OwnSampler sampler =
        new OwnSampler(
            1,
            6400,
            (to, k) -> {
              if (Thread.currentThread().getName().endsWith("-1")) {
                LockSupport.parkNanos(100_000);
              }
              to.set(0, (int) (k % 10), (int) (k / 10 % 10));
            });
    try (MaskStore store = OwnSampler.store(folder);
        PatchLoader loader = PatchLoader.of(store, sampler).batch(64).parts(4).workers(2).open();
        Epoch epoch = loader.epoch(0)) {
      int most = 0;
      for (int b = 0; epoch.hasNext(); b++) {
        // A loop with work of its own, which fills nothing in place of a thread.
        Thread.sleep(1);
        try (Batch batch = epoch.next()) {
          most = Math.max(most, batch.parts().to(1));
          for (int i = 0; i < 64; i++) {
            long k = 64L * b + i;
            assertEquals(k % 10, batch.y(i));
            assertEquals(k / 10 % 10, batch.x(i));
          }
        }
      }
      assertTrue(most > 40, "the other one had at most %d of 64".formatted(most));
    }
  }

  @Test
  void partsAreTwoAThreadOfHalfAMebibyteAndAPatchAtLeast() throws Exception {
    OwnSampler sampler = new OwnSampler(256, (to, k) -> {});
    try (MaskStore store = OwnSampler.store(folder)) {
      assertEquals(1, PatchLoader.of(store, sampler).batch(64).workers(1).parts());
      assertEquals(4, PatchLoader.of(store, sampler).batch(64).workers(2).parts());
      assertEquals(5, PatchLoader.of(store, sampler).batch(64).workers(5).parts());
      assertEquals(2, PatchLoader.of(store, sampler).batch(24).workers(2).parts());
      assertEquals(2, PatchLoader.of(store, sampler).batch(16).workers(5).parts());
      assertEquals(1, PatchLoader.of(store, sampler).batch(15).workers(2).parts());
      LoaderOptions wide = PatchLoader.of(store, new OwnSampler(4096, (to, k) -> {}));
      assertEquals(3, wide.batch(3).workers(1024).parts());
    }
  }
}
