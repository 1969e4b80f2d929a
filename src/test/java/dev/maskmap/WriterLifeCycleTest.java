package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store appears whole at commit, or not at all. */
class WriterLifeCycleTest {
  private static final Pixels OLD = Pixels.noise(20, 30, 1);
  private static final Pixels NEW = Pixels.noise(25, 10, 2);

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("s.masks");
  }

  @Test
  void anInterruptWhileTheLockIsTakenLeavesNoFile() throws IOException {
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          IOException.class, () -> MaskStoreWriter.create(folder.resolve("i.masks"), 1, 1));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(List.of(), Stores.names(folder));
  }

  @Test
  void nothingIsThereBeforeCommitAndNothingButTheStoreAfter() throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(path, 20, 30)) {
      Stores.add(writer, "m", OLD);
      assertThrows(IOException.class, () -> MaskStore.open(path).close());
      writer.commit();
      MaskStore.open(path).close();
    }
    assertEquals(List.of("s.masks"), Stores.names(folder));
  }

  @Test
  void closingWithoutCommitLeavesNothingBehind() throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(path, 20, 30)) {
      Stores.add(writer, "m", OLD);
    }
    assertEquals(List.of(), Stores.names(folder));
  }

  @Test
  void anEmptyStoreIsRefusedAndLeavesNothingBehind() throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(path, 20, 30)) {
      assertThrows(IllegalStateException.class, writer::commit);
    }
    assertEquals(List.of(), Stores.names(folder));
  }

  @Test
  void anExistingTargetIsRefusedAndUntouched() throws IOException {
    Stores.write(path, OLD);
    Path file = Files.writeString(folder.resolve("file"), "precious");
    Path other = Files.createDirectory(folder.resolve("dir"));
    for (Path taken : List.of(path, file, other)) {
      IOException e =
          assertThrows(IOException.class, () -> MaskStoreWriter.create(taken, 20, 30).close());
      assertTrue(e.getMessage().contains(taken.toString()), e.getMessage());
    }
    assertEquals("precious", Files.readString(file));
    assertEquals(List.of("dir", "file", "s.masks"), Stores.names(folder));
    assertHolds(OLD);
  }

  @Test
  void aTargetThatAppearsMeanwhileIsNotOverwritten() throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(path, 20, 30)) {
      Stores.add(writer, "m", OLD);
      Files.createDirectory(path);
      Files.writeString(path.resolve("precious"), "x");
      assertThrows(IOException.class, writer::commit);
    }
    assertEquals(List.of("precious"), Stores.names(path));
    assertEquals(List.of("s.masks"), Stores.names(folder));
  }

  @Test
  void theOldStoreStaysUntilTheNewOneIsComplete() throws IOException {
    Stores.write(path, OLD);
    try (MaskStoreWriter writer = MaskStoreWriter.replace(path, 25, 10)) {
      assertHolds(OLD);
      Stores.add(writer, "m", NEW);
      assertHolds(OLD);
    }
    assertHolds(OLD);
    try (MaskStoreWriter writer = MaskStoreWriter.replace(path, 25, 10)) {
      Stores.add(writer, "m", NEW);
      writer.commit();
      assertHolds(NEW);
    }
    assertHolds(NEW);
    assertEquals(List.of("s.masks"), Stores.names(folder));
  }

  @Test
  void whereNothingIsToBeReplacedAStoreIsCreated() throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.replace(path, 25, 10)) {
      Stores.add(writer, "m", NEW);
      writer.commit();
    }
    assertHolds(NEW);
  }

  @Test
  void whoHasTheOldStoreOpenGoesOnReadingIt() throws IOException {
    Stores.write(path, OLD);
    try (MaskStore open = MaskStore.open(path)) {
      try (MaskStoreWriter writer = MaskStoreWriter.replace(path, 25, 10)) {
        Stores.add(writer, "m", NEW);
        writer.commit();
      }
      assertEquals(OLD.bits(), open.mask(0).toBitSet());
      assertEquals("m0", open.name(0));
    }
  }

  @Test
  void aFileOrAFolderThatIsNoStoreIsNotReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    Path dir = Files.createDirectory(folder.resolve("dir"));
    Files.writeString(dir.resolve("precious"), "x");
    for (Path taken : List.of(file, dir)) {
      assertThrows(
          IOException.class,
          () -> {
            try (MaskStoreWriter writer = MaskStoreWriter.replace(taken, 25, 10)) {
              Stores.add(writer, "m", NEW);
              writer.commit();
            }
          });
    }
    assertEquals("precious", Files.readString(file));
    assertEquals(List.of("precious"), Stores.names(dir));
    assertEquals(List.of("dir", "file"), Stores.names(folder));
  }

  @Test
  void aSecondWriterOfTheSameStoreIsRefusedAndHarmless() throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(path, 20, 30)) {
      Stores.add(writer, "a", OLD);
      IOException e =
          assertThrows(IOException.class, () -> MaskStoreWriter.create(path, 20, 30).close());
      assertTrue(e.getMessage().contains("lock"), e.getMessage());
      assertThrows(IOException.class, () -> MaskStoreWriter.replace(path, 20, 30).close());
      try (MaskStoreWriter other = MaskStoreWriter.create(folder.resolve("t.masks"), 20, 30)) {
        Stores.add(other, "a", OLD);
        other.commit();
      }
      writer.commit();
    }
    assertHolds(OLD);
    assertEquals(List.of("s.masks", "t.masks"), Stores.names(folder));
  }

  @Test
  void afterAWriterIsClosedTheNextOneMayCome() throws IOException {
    MaskStoreWriter.create(path, 20, 30).close();
    Stores.write(path, OLD);
    assertHolds(OLD);
  }

  @Test
  void aWriterThatHasCommittedOrClosedTakesNoMore() throws IOException {
    MaskStoreWriter writer = MaskStoreWriter.create(path, 20, 30);
    Stores.add(writer, "a", OLD);
    writer.commit();
    assertThrows(IllegalStateException.class, () -> Stores.add(writer, "b", OLD));
    assertThrows(IllegalStateException.class, writer::commit);
    writer.close();
    writer.close();
    assertThrows(IllegalStateException.class, () -> Stores.add(writer, "b", OLD));
    assertHolds(OLD);
  }

  @Test
  @SuppressWarnings("try")
  void aFailureInTheMiddleLeavesNothingBehind() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (MaskStoreWriter writer = MaskStoreWriter.create(path, 20, 30);
              Arena arena = Arena.ofConfined()) {
            Stores.add(writer, "a", OLD);
            var closed = arena.allocate(600);
            arena.close();
            writer.add("b", closed, 30);
            writer.commit();
          }
        });
    assertEquals(List.of(), Stores.names(folder));
  }

  @Test
  void aParentThatDoesNotExistIsNamed() {
    Path orphan = folder.resolve("absent").resolve("s.masks");
    IOException e =
        assertThrows(IOException.class, () -> MaskStoreWriter.create(orphan, 20, 30).close());
    assertTrue(e.getMessage().contains("absent"), e.getMessage());
  }

  @Test
  void theRefusalOfAnExistingTargetIsOfTheUsualKind() throws IOException {
    Stores.write(path, OLD);
    assertThrows(
        FileAlreadyExistsException.class, () -> MaskStoreWriter.create(path, 20, 30).close());
  }

  private void assertHolds(Pixels expected) throws IOException {
    try (MaskStore store = MaskStore.open(path)) {
      assertEquals(expected.height(), store.height(0));
      assertEquals(expected.bits(), store.mask(0).toBitSet());
    }
  }
}
