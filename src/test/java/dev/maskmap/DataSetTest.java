package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets: stores that grow by parts. */
class DataSetTest {
  private static final List<Pixels> MASKS =
      List.of(Pixels.noise(21, 34, 1), Pixels.noise(21, 34, 2), Pixels.noise(5, 70, 3));

  @TempDir Path folder;

  private Path append(int from, int to) throws IOException {
    Path set = folder.resolve("set.masks");
    try (MaskStoreWriter writer = MaskStoreWriter.append(set)) {
      for (int i = from; i < to; i++) {
        add(writer, "m" + i, MASKS.get(i));
      }
      writer.commit();
    }
    return set;
  }

  private static void add(MaskStoreWriter writer, String name, Pixels mask) throws IOException {
    MemorySegment pixels = MemorySegment.ofArray(mask.bytes());
    writer.add(name, mask.height(), mask.width(), pixels, mask.width());
  }

  @Test
  void masksOfAllPartsAreNumberedThrough() throws IOException {
    append(0, 1);
    Path set = append(1, 3);
    assertEquals(List.of("dataset.json", "part-00000.masks", "part-00001.masks"), names(set));
    try (MaskStore store = MaskStore.open(set)) {
      assertEquals(3, store.size());
      assertEquals(2, store.parts().size());
      assertFalse(store.isUniform());
      assertTrue(store.hasNames());
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(MASKS.get(i).bytes(), store.mask(i).toBytes());
        assertEquals(MASKS.get(i).count(), store.mask(i).count());
        assertEquals(i, store.mask(i).index());
        assertEquals("m" + i, store.name(i));
        assertEquals(i, store.indexOf("m" + i));
      }
      assertEquals(-1, store.indexOf("m3"));
      assertThrows(IndexOutOfBoundsException.class, () -> store.mask(3));
      assertEquals(32, store.id().length());
    }
    assertEquals(List.of("set.masks"), Stores.names(folder));
    Verification found = Verification.of(set, done -> {});
    assertEquals(List.of(), found.problems());
    assertEquals(3, found.masks());
  }

  @Test
  void severalStoresOpenAsOneAndAreWhatADataSetOfThemIs() throws IOException {
    Path a = Stores.write(folder.resolve("a.masks"), Layout.RUNS, MASKS.subList(0, 2));
    Path b = Stores.write(folder.resolve("b.masks"), Layout.BITS, MASKS);
    try (MaskStore store = MaskStore.openAll(List.of(b, a));
        MaskStore matched = MaskStore.openAll(folder, "[ab].masks")) {
      assertEquals(List.of(b, a), store.parts());
      assertEquals(List.of(a, b), matched.parts());
      assertEquals(MASKS.size() + 2, store.size());
      for (int i = 0; i < store.size(); i++) {
        Pixels mask = MASKS.get(i % MASKS.size());
        assertEquals("m" + i % MASKS.size(), store.name(i));
        assertArrayEquals(mask.bytes(), store.mask(i).toBytes());
      }
      assertEquals(0, store.indexOf("m0"));
    }
    Path set = append(0, 1);
    try (MaskStore first = MaskStore.open(set);
        MaskStore twice = MaskStore.openAll(List.of(a, set))) {
      assertEquals(3, twice.partCount() + first.partCount());
      assertEquals(3, twice.size());
      assertNotEquals(first.id(), twice.id());
    }
    assertEquals(
        "no stores; give one or more",
        assertThrows(IllegalArgumentException.class, () -> MaskStore.openAll(List.of()))
            .getMessage());
    Path bare = Stores.npy(folder.resolve("bare.npy"), new byte[12], 3, 4);
    assertTrue(
        assertThrows(MaskFormatException.class, () -> MaskStore.openAll(List.of(a, bare)))
            .getMessage()
            .contains("bare.npy: a bare array"));
    assertThrows(
        NoSuchFileException.class, () -> MaskStore.openAll(List.of(a, folder.resolve("gone"))));
    assertTrue(
        assertThrows(NoSuchFileException.class, () -> MaskStore.openAll(folder, "x*.masks"))
            .getMessage()
            .contains("no 'x*.masks'"));
  }

  @Test
  void partsOfOneSizeMakeAUniformDataSet() throws IOException {
    append(0, 1);
    try (MaskStore store = MaskStore.open(append(1, 2))) {
      assertTrue(store.isUniform());
    }
  }

  @Test
  void theIdFollowsTheContent() throws IOException {
    String before;
    try (MaskStore store = MaskStore.open(append(0, 1))) {
      before = store.id();
    }
    try (MaskStore store = MaskStore.open(append(1, 2))) {
      assertNotEquals(before, store.id());
    }
  }

  @Test
  void whoeverHasItOpenKeepsReadingWhatItHad() throws IOException {
    Path set = append(0, 2);
    try (MaskStore store = MaskStore.open(set)) {
      append(2, 3);
      StoreEdit.remove(set, List.of("m0"));
      assertEquals(2, store.size());
      assertArrayEquals(MASKS.getFirst().bytes(), store.mask(0).toBytes());
    }
    try (MaskStore store = MaskStore.open(set)) {
      assertEquals(2, store.size());
      assertEquals("m1", store.name(0));
    }
  }

  @Test
  void aNameOfAnotherPartIsRefusedAndAnUnfinishedPartLeavesNothing() throws IOException {
    Path set = append(0, 2);
    try (MaskStoreWriter writer = MaskStoreWriter.append(set)) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> add(writer, "m1", MASKS.get(2)))
              .getMessage();
      assertTrue(message.contains("m1"), message);
      add(writer, "new", MASKS.get(2));
    }
    assertEquals(List.of("dataset.json", "part-00000.masks"), names(set));
    assertEquals(List.of("set.masks"), Stores.names(folder));
    try (MaskStoreWriter writer = MaskStoreWriter.append(folder.resolve("other.masks"))) {
      add(writer, "new", MASKS.get(2));
    }
    assertEquals(List.of("set.masks"), Stores.names(folder));
  }

  @Test
  void whatADeadWriterLeftIsNoPartAndGoesWithTheNextOne() throws IOException {
    Path set = append(0, 1);
    Stores.write(set.resolve("part-00001.masks"), MASKS.get(1));
    try (MaskStore store = MaskStore.open(set)) {
      assertEquals(1, store.size());
    }
    append(2, 3);
    try (MaskStore store = MaskStore.open(set)) {
      assertEquals(2, store.size());
      assertEquals("m2", store.name(1));
    }
    assertEquals(List.of(), Verification.of(set, done -> {}).problems());
  }

  @Test
  void onlyOneWriterAtATime() throws IOException {
    Path set = append(0, 1);
    try (MaskStoreWriter first = MaskStoreWriter.append(set)) {
      assertThrows(IOException.class, () -> MaskStoreWriter.append(set));
      assertThrows(IOException.class, () -> StoreEdit.remove(set, List.of("m0")));
      add(first, "m1", MASKS.get(1));
      first.commit();
    }
  }

  @Test
  void aPlainStoreDoesNotGrowAndTheErrorSaysWhatDoes() throws IOException {
    Path plain = Stores.write(folder.resolve("plain.masks"), MASKS.getFirst());
    String message =
        assertThrows(FileAlreadyExistsException.class, () -> MaskStoreWriter.append(plain))
            .getMessage();
    assertTrue(message.contains("plain store") && message.contains("maskmap pack"), message);
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThrows(FileAlreadyExistsException.class, () -> MaskStoreWriter.append(file));
    assertEquals(List.of("file", "plain.masks"), Stores.names(folder));
  }

  @Test
  void aWholeDataSetCanBeReplacedByAStore() throws IOException {
    Path set = append(0, 2);
    try (MaskStoreWriter writer = MaskStoreWriter.replace(set)) {
      add(writer, "only", MASKS.get(2));
      writer.commit();
    }
    try (MaskStore store = MaskStore.open(set)) {
      assertEquals(1, store.size());
    }
    assertEquals(List.of("set.masks"), Stores.names(folder));
  }

  @Test
  void aFolderWithAForeignDocumentOfThatNameIsNoDataSetAndNothingInItIsDeleted()
      throws IOException {
    Path foreign = Files.createDirectories(folder.resolve("coco/images")).getParent();
    Files.writeString(foreign.resolve("dataset.json"), "{\"images\": []}");
    Files.writeString(foreign.resolve("images/precious"), "x");
    assertFalse(MaskStore.isStore(foreign));
    assertThrows(FileAlreadyExistsException.class, () -> MaskStoreWriter.replace(foreign));
    assertThrows(FileAlreadyExistsException.class, () -> MaskStoreWriter.append(foreign));
    Path set = append(0, 1);
    Files.createDirectory(set.resolve("notes"));
    assertTrue(MaskStore.isStore(set));
    String message =
        assertThrows(FileAlreadyExistsException.class, () -> MaskStoreWriter.replace(set))
            .getMessage();
    assertTrue(message.contains("notes"), message);
    assertTrue(Files.exists(foreign.resolve("images/precious")));
    assertEquals(List.of("coco", "set.masks"), Stores.names(folder));
  }

  @Test
  void linksAndFilesAmongThePartsGoAndWhatTheyNameStays() throws IOException {
    Path set = append(0, 1);
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(home.resolve("precious"), "x");
    Files.createSymbolicLink(set.resolve("part-00077.masks"), home);
    Files.writeString(set.resolve("part-00009.masks"), "stray");
    append(1, 2);
    assertEquals(List.of("dataset.json", "part-00000.masks", "part-00001.masks"), names(set));
    assertTrue(Files.exists(home.resolve("precious")));
  }

  @Test
  void aStoreThatAppearsUnderTheNameOfANewDataSetIsNotReplaced() throws IOException {
    Path set = folder.resolve("set.masks");
    try (MaskStoreWriter writer = MaskStoreWriter.append(set)) {
      add(writer, "m0", MASKS.get(0));
      Files.move(Stores.write(folder.resolve("other.masks"), MASKS.get(1)), set);
      assertThrows(FileAlreadyExistsException.class, writer::commit);
    }
    try (MaskStore store = MaskStore.open(set)) {
      assertArrayEquals(MASKS.get(1).bytes(), store.mask(0).toBytes());
    }
    assertEquals(List.of("set.masks"), Stores.names(folder));
  }

  @Test
  void verificationLooksAtEveryPartWhateverIsWrongWithOne() throws IOException {
    append(0, 1);
    append(1, 2);
    Path set = append(2, 3);
    Stores.delete(set.resolve("part-00000.masks"));
    Stores.flip(set.resolve("part-00002.masks/masks.npy"), 130, 1);
    List<String> problems = Verification.of(set, done -> {}).problems();
    assertTrue(problems.getLast().contains("part-00002.masks"), problems.toString());
    assertTrue(problems.getFirst().contains("part-00000.masks: missing"), problems.toString());
    Files.writeString(set.resolve("part-00000.masks"), "a file");
    assertFalse(Verification.of(set, done -> {}).problems().isEmpty());
  }

  @Test
  void idSumAndPartsOfTheDocumentAgree() throws IOException {
    append(0, 1);
    Path set = append(1, 2);
    DataSet good = DataSet.read(set);
    DataSet.Part first = good.parts().getFirst();
    for (List<DataSet.Part> parts :
        List.of(
            List.of(first, first),
            List.of(new DataSet.Part(first.store(), Long.MAX_VALUE, first.id()), first))) {
      DataSetTarget.write(new DataSet(parts), set);
      assertThrows(IOException.class, () -> MaskStore.open(set));
    }
    DataSetTarget.write(good, set);
    MaskStore.open(set).close();
  }

  @Test
  void damageIsNamed() throws IOException {
    append(0, 1);
    Path set = append(1, 3);
    Path document = set.resolve("dataset.json");
    String good = Files.readString(document);
    Files.writeString(document, good.replace("part-00001", "part-00000"));
    assertRefused(set, "CRC-32");
    Files.writeString(document, "{}");
    assertRefused(set, "format");
    Files.writeString(document, good);
    Stores.delete(set.resolve("part-00001.masks"));
    assertRefused(set, "part-00001.masks: missing");
    Stores.write(set.resolve("part-00001.masks"), MASKS.get(2));
    assertRefused(set, "part-00001.masks: 1 masks and id");
    assertFalse(Verification.of(set, done -> {}).problems().isEmpty());
  }

  private static void assertRefused(Path set, String what) {
    String message = assertThrows(IOException.class, () -> MaskStore.open(set)).getMessage();
    assertTrue(message.contains(what), message);
  }

  private static List<String> names(Path set) throws IOException {
    return Stores.names(set);
  }
}
