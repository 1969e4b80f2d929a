package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.load.Epoch;
import dev.maskmap.load.LoadException;
import dev.maskmap.load.PatchLoader;
import dev.maskmap.sample.Sampling;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
  @TempDir Path folder;

  @Test
  void whatALoaderCannotReadIsNoMistakeOfTheProgram() throws IOException {
    Path path = Stores.write(folder.resolve("s.masks"), List.of(Pixels.noise(8, 8, 1)));
    MaskStore store = MaskStore.open(path);
    StringWriter text = new StringWriter();
    try (PatchLoader loader =
        PatchLoader.of(store, Sampling.of(store, 4, 4).uniform()).batch(1).open()) {
      store.close();
      try (Epoch epoch = loader.epoch(0)) {
        LoadException e = assertThrows(LoadException.class, epoch::next);
        assertEquals(1, new Failures(new PrintWriter(text, true), false).report(e));
      }
    }
    assertTrue(
        text.toString().startsWith("maskmap: " + path + ": batch 0, patch 0"), text::toString);
  }
}
