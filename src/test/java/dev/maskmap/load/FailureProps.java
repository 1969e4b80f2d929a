package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FailureProps {
  /** The batches before it come, and then the first patch that fails is named. */
  @Property(tries = 200)
  void theFirstPatchThatFailsIsNamed(
      @ForAll @Size(max = 4) Set<@IntRange(max = 99) Integer> notDrawn,
      @ForAll @Size(max = 4) Set<@IntRange(max = 99) Integer> notRead,
      @ForAll @IntRange(min = 1, max = 40) int batch,
      @ForAll @IntRange(min = 1, max = 12) int parts,
      @ForAll @IntRange(min = 1, max = 5) int workers,
      @ForAll @IntRange(min = 2, max = 5) int inFlight)
      throws IOException {
    OwnSampler sampler =
        new OwnSampler(
            2,
            (to, k) -> {
              if (notDrawn.contains((int) k)) {
                throw new ArithmeticException("unlucky");
              }
              to.set(0, notRead.contains((int) k) ? -1 : 6, 4);
            });
    int first = 0;
    while (first < 100 && !notDrawn.contains(first) && !notRead.contains(first)) {
      first++;
    }
    Path folder = Files.createTempDirectory("failure");
    Path path = folder.resolve("a.masks");
    Stores.write(path, Layout.BITS, List.of(Pixels.noise(10, 10, 1)));
    try (MaskStore store = MaskStore.open(path);
        PatchLoader loader =
            PatchLoader.of(store, sampler)
                .batch(batch)
                .workers(workers)
                .parts(Math.min(parts, batch))
                .inFlight(inFlight)
                .keepLast(true)
                .open();
        Epoch epoch = loader.epoch(0)) {
      for (int i = 0; i < (first == 100 ? Math.ceilDiv(100, batch) : first / batch); i++) {
        epoch.next().close();
      }
      if (first == 100) {
        assertFalse(epoch.hasNext());
      } else {
        String message =
            assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThrows(LoadException.class, epoch::next).getMessage());
        String named = "batch %d, patch %d, ".formatted(first / batch, first % batch);
        assertTrue(message.contains(named), message);
        assertEquals(notDrawn.contains(first), message.contains("cannot be drawn"), message);
      }
    }
    Stores.delete(path);
    Files.delete(folder);
  }
}
