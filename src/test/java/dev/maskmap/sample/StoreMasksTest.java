package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samplers over a store draw what they draw over the same masks in memory. */
class StoreMasksTest {
  @TempDir Path folder;

  private static List<Pixels> masks(boolean sameSize) {
    List<Pixels> masks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      masks.add(Pixels.blobs(sameSize ? 50 : 40 + i, sameSize ? 60 : 70 - i, i));
    }
    return masks;
  }

  private static List<Sampler> samplers(Masks masks) {
    Sampling sampling = Sampling.of(masks, 16, 17).patchesPerMask(5);
    return List.of(
        sampling.uniform(),
        sampling.byArea(),
        sampling.foreground(0.5, 4),
        sampling.foregroundOfAll(1, 1),
        sampling.atLeast(sampling.uniform(), 50, 10),
        sampling.grid(9, 16));
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void theSameAsOverMasksInMemory(Layout layout) throws IOException {
    for (boolean sameSize : new boolean[] {true, false}) {
      List<Pixels> pixels = masks(sameSize);
      Path path = folder.resolve(sameSize + ".masks");
      try (MaskStore store = MaskStore.open(Stores.write(path, layout, pixels))) {
        List<Sampler> expected = samplers(new FakeMasks(pixels, pixels.size()));
        List<Sampler> actual = samplers(Masks.of(store));
        Place here = new Place();
        Place there = new Place();
        for (int i = 0; i < expected.size(); i++) {
          assertEquals(expected.get(i).size(), actual.get(i).size());
          for (long k = 0; k < expected.get(i).size(); k++) {
            boolean kept = expected.get(i).draw(5, 6, k, here);
            assertEquals(kept, actual.get(i).draw(5, 6, k, there));
            assertEquals(here.toString(), there.toString());
          }
        }
      }
    }
  }

  @Test
  void aClosedStoreIsNamed() throws IOException {
    Path path = Stores.write(folder.resolve("s.masks"), Layout.BITS, masks(true));
    MaskStore store = MaskStore.open(path);
    List<Sampler> samplers = samplers(Masks.of(store));
    store.close();
    for (Sampler sampler : samplers) {
      if (sampler instanceof ForegroundSampler) {
        String message =
            assertThrows(IllegalStateException.class, () -> sampler.draw(1, 1, 0, new Place()))
                .getMessage();
        assertTrue(message.contains("s.masks: the store is closed"), message);
      }
    }
  }
}
