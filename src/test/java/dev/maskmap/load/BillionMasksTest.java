package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.sample.Masks;
import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import dev.maskmap.testing.Allocations;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loader does not notice how many masks there are: no list, no walk to where it goes on. */
class BillionMasksTest {
  private static final long BILLION = 1_000_000_000;

  /** One mask of a store, as often as is asked for. */
  private record Repeated(Masks one, long size) implements Masks {
    @Override
    public long index(long mask) {
      return 0;
    }

    @Override
    public boolean isUniform() {
      return true;
    }

    @Override
    public int height(long mask) {
      return one.height(0);
    }

    @Override
    public int width(long mask) {
      return one.width(0);
    }

    @Override
    public long foreground() {
      return size * one.foreground();
    }

    @Override
    public long foreground(long mask) {
      return one.foreground(0);
    }

    @Override
    public long foregroundBefore(long mask) {
      return mask * one.foreground();
    }

    @Override
    public long maskOf(long n) {
      return n / one.foreground();
    }

    @Override
    public long foreground(long mask, int y, int x, int height, int width) {
      return one.foreground(0, y, x, height, width);
    }

    @Override
    public long select(long mask, long n) {
      return one.select(0, n);
    }
  }

  @Test
  void shufflingAndGoingOnTakeNoMemoryForEachMask(@TempDir Path folder) throws IOException {
    Path path =
        Stores.write(folder.resolve("s.masks"), Layout.BITS, List.of(Pixels.noise(40, 50, 1)));
    try (MaskStore store = MaskStore.open(path)) {
      Sampling of = Sampling.of(new Repeated(Masks.of(store), BILLION), 16, 16).patchesPerMask(3);
      for (Sampler sampler :
          List.of(of.uniform(), of.foreground(0.5, 8), of.foregroundOfAll(1, 8), of.byArea())) {
        long before = Allocations.ofThisThread();
        try (PatchLoader loader = PatchLoader.of(store, sampler).batch(8).seed(5).open()) {
          LoaderState state;
          try (Epoch epoch = loader.epoch(2)) {
            assertEquals(3 * BILLION / 8, epoch.size());
            epoch.next().close();
            state = epoch.state();
          }
          long middle = BILLION / 8 * 8;
          LoaderState later = new LoaderState(5, 2, middle, state.source());
          try (Epoch rest = loader.resume(LoaderState.fromJson(later.toJson()));
              Batch batch = rest.next()) {
            assertEquals(2 * BILLION / 8, rest.size());
            assertEquals(middle / 8, batch.number());
            Place place = new Place();
            for (int i = 0; i < 8; i++) {
              sampler.draw(5, 2, middle + i, place);
              assertEquals(place.y() + "," + place.x(), batch.y(i) + "," + batch.x(i));
            }
            assertNotEquals(state.next(), rest.state().next());
          }
        }
        long bytes = Allocations.ofThisThread() - before;
        assertTrue(bytes < 1 << 20, sampler.describe() + ": " + bytes + " B");
      }
    }
  }
}
