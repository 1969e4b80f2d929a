package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verification finds every flipped bit. */
@Tag("kernel")
class VerificationTest {
  private static final int HEIGHT = 21;
  private static final int WIDTH = 34;
  private static final int MASK_BYTES = 3 * WIDTH;

  @TempDir Path folder;
  private Path store;

  @BeforeEach
  void write() throws IOException {
    store =
        Stores.write(
            folder.resolve("s.masks"),
            List.of(
                Pixels.noise(HEIGHT, WIDTH, 1),
                Pixels.noise(HEIGHT, WIDTH, 2),
                Pixels.noise(HEIGHT, WIDTH, 3)));
  }

  @Test
  void aSoundStoreHasNoProblemsAndEveryMaskIsReported() throws IOException {
    AtomicLong last = new AtomicLong();
    Verification found = Verification.of(store, last::set);
    assertEquals(List.of(), found.problems());
    assertEquals(3, found.masks());
    assertEquals(3, last.get());
    assertTrue(found.bytes() >= 3L * MASK_BYTES, () -> found.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "masks.npy",
        "foreground.npy",
        "areas.npy",
        "crc32.npy",
        "names.txt",
        "name_offsets.npy"
      })
  void aBitFlippedAnywhereInAFileIsFound(String name) throws IOException {
    Path file = store.resolve(name);
    long size = Files.size(file);
    long step = Math.max(1, size / 60);
    for (long at = size - 1; at >= 0; at -= step) {
      Stores.flip(file, at, (int) (at % 8));
      String what = name + " byte " + at;
      try {
        List<String> problems = Verification.of(store, done -> {}).problems();
        assertFalse(problems.isEmpty(), what);
        assertTrue(problems.stream().anyMatch(p -> p.contains(name)), what + ": " + problems);
      } catch (MaskFormatException e) {
        assertTrue(e.getMessage().contains(name), what + ": " + e.getMessage());
      }
      Stores.flip(file, at, (int) (at % 8));
    }
    assertEquals(List.of(), Verification.of(store, done -> {}).problems());
  }

  @Test
  void aDamagedMaskIsNamed() throws IOException {
    Stores.flip(store.resolve("masks.npy"), 128 + MASK_BYTES + 7, 7);
    List<String> problems = Verification.of(store, done -> {}).problems();
    assertTrue(problems.stream().anyMatch(p -> p.contains("mask 1 ")), problems.toString());
    assertTrue(problems.stream().noneMatch(p -> p.contains("mask 0")), problems.toString());
  }

  @Test
  void aBitSetPastTheHeightIsFound() throws IOException {
    Stores.flip(store.resolve("masks.npy"), 128 + MASK_BYTES - 1, 0);
    List<String> problems = Verification.of(store, done -> {}).problems();
    assertTrue(problems.stream().anyMatch(p -> p.contains("mask 0")), problems.toString());
  }

  @Test
  void aBareArrayHasNothingThatCouldDisagree() throws IOException {
    Pixels source = Pixels.noise(16, 40, 4);
    Path npy = Stores.npy(folder.resolve("a.npy"), source.packed(), 2, 40);
    assertEquals(List.of(), Verification.of(npy, done -> {}).problems());
  }
}
