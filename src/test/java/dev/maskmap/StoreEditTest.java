package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks are swapped and removed by writing what stays anew. */
class StoreEditTest {
  private static final List<Pixels> MASKS =
      List.of(Pixels.noise(21, 34, 1), Pixels.noise(21, 34, 2), Pixels.noise(21, 34, 3));
  private static final Pixels OTHER = Pixels.noise(9, 13, 4);

  @TempDir Path folder;

  private Path plain() throws IOException {
    return Stores.write(folder.resolve("s.masks"), MASKS);
  }

  /** m0 and m1 in the first part, m2 in the second. */
  private Path dataSet() throws IOException {
    Path set = folder.resolve("set.masks");
    for (int[] part : new int[][] {{0, 1}, {2}}) {
      try (MaskStoreWriter writer = MaskStoreWriter.append(set)) {
        for (int i : part) {
          MemorySegment pixels = MemorySegment.ofArray(MASKS.get(i).bytes());
          writer.add("m" + i, 21, 34, pixels, 34);
        }
        writer.commit();
      }
    }
    return set;
  }

  private void swap(Path store, String name) throws IOException {
    Path with = folder.resolve("with.masks");
    try (MaskStoreWriter writer = MaskStoreWriter.create(with)) {
      writer.add(name, 9, 13, MemorySegment.ofArray(OTHER.bytes()), 13);
      writer.commit();
    }
    try (MaskStore masks = MaskStore.open(with)) {
      StoreEdit.replace(store, masks);
    } finally {
      Stores.delete(with);
    }
  }

  private static void assertHolds(Path path, List<String> names, List<Pixels> masks)
      throws IOException {
    try (MaskStore store = MaskStore.open(path)) {
      assertEquals(names.size(), store.size());
      for (int i = 0; i < names.size(); i++) {
        assertEquals(names.get(i), store.name(i));
        assertArrayEquals(masks.get(i).bytes(), store.mask(i).toBytes());
      }
    }
    assertEquals(List.of(), Verification.of(path, done -> {}).problems());
  }

  @Test
  void removedMasksAreGoneAndTheOthersAsTheyWere() throws IOException {
    Path store = plain();
    StoreEdit.remove(store, List.of("m1"));
    assertHolds(store, List.of("m0", "m2"), List.of(MASKS.get(0), MASKS.get(2)));
    assertEquals(List.of("s.masks"), Stores.names(folder));
  }

  @Test
  void aSwappedMaskKeepsItsPlaceAndMayHaveAnotherSize() throws IOException {
    Path store = plain();
    swap(store, "m1");
    assertHolds(store, List.of("m0", "m1", "m2"), List.of(MASKS.get(0), OTHER, MASKS.get(2)));
  }

  @Test
  void ofADataSetOnlyThePartsConcernedAreWrittenAgain() throws IOException {
    Path set = dataSet();
    Object untouched = Files.getAttribute(set.resolve("part-00001.masks"), "unix:ino");
    swap(set, "m0");
    assertHolds(set, List.of("m0", "m1", "m2"), List.of(OTHER, MASKS.get(1), MASKS.get(2)));
    assertEquals(
        List.of("dataset.json", "part-00001.masks", "part-00002.masks"), Stores.names(set));
    assertEquals(untouched, Files.getAttribute(set.resolve("part-00001.masks"), "unix:ino"));
    StoreEdit.remove(set, List.of("m2"));
    assertHolds(set, List.of("m0", "m1"), List.of(OTHER, MASKS.get(1)));
    assertEquals(List.of("dataset.json", "part-00002.masks"), Stores.names(set));
    assertEquals(List.of("set.masks"), Stores.names(folder));
  }

  @Test
  void aDamagedMaskIsNotCopiedUnderAFreshChecksumButMayBeReplaced() throws IOException {
    for (Path store : List.of(plain(), dataSet())) {
      Path part = store.endsWith("set.masks") ? store.resolve("part-00000.masks") : store;
      Stores.flip(part.resolve("masks.npy"), 128 + 7, 3);
      String message =
          assertThrows(IOException.class, () -> StoreEdit.remove(store, List.of("m1")))
              .getMessage();
      assertTrue(message.contains("mask 0") && message.contains("damaged"), message);
      assertEquals(false, Verification.of(store, done -> {}).problems().isEmpty());
      swap(store, "m0");
      assertHolds(store, List.of("m0", "m1", "m2"), List.of(OTHER, MASKS.get(1), MASKS.get(2)));
    }
  }

  @Test
  void masksWithoutNamesReplaceNothing() throws IOException {
    Path store = plain();
    Path npy = Stores.npy(folder.resolve("a.npy"), new byte[] {1, 2, 3}, 1, 3);
    try (MaskStore bare = MaskStore.open(npy)) {
      assertThrows(IllegalArgumentException.class, () -> StoreEdit.replace(store, bare));
    }
  }

  @Test
  void anUnknownNameIsRefusedAndNothingHappens() throws IOException {
    for (Path store : List.of(plain(), dataSet())) {
      List<String> before = Stores.names(store);
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> StoreEdit.remove(store, List.of("m0", "x", "y")))
              .getMessage();
      assertTrue(message.contains("no mask is named x, nor 1 more"), message);
      assertThrows(IllegalArgumentException.class, () -> swap(store, "z"));
      assertHolds(store, List.of("m0", "m1", "m2"), MASKS);
      assertEquals(before, Stores.names(store));
    }
    assertEquals(List.of("s.masks", "set.masks"), Stores.names(folder));
  }

  @Test
  void theLastMasksStay() throws IOException {
    for (Path store : List.of(plain(), dataSet())) {
      assertThrows(
          IllegalArgumentException.class, () -> StoreEdit.remove(store, List.of("m0", "m1", "m2")));
      assertHolds(store, List.of("m0", "m1", "m2"), MASKS);
    }
  }

  @Test
  void whatIsNoStoreIsNotEdited() throws IOException {
    Path npy = Stores.npy(folder.resolve("a.npy"), new byte[] {1, 2, 3}, 1, 3);
    assertThrows(IllegalArgumentException.class, () -> StoreEdit.remove(npy, List.of("0")));
    assertThrows(IOException.class, () -> StoreEdit.remove(folder, List.of("0")));
    assertThrows(IOException.class, () -> StoreEdit.remove(folder.resolve("none"), List.of("0")));
  }
}
