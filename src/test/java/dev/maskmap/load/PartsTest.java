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
