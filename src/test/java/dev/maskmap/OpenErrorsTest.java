package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that is not whole is refused by {@code open}, in one line that names the file. */
class OpenErrorsTest {
  private static final List<String> FILES =
      List.of(
          "areas.npy",
          "crc32.npy",
          "foreground.npy",
          "maskmap.json",
          "masks.npy",
          "name_offsets.npy",
          "names.txt");

  @TempDir Path folder;
  private Path store;

  @BeforeEach
  void write() throws IOException {
    store =
        Stores.write(
            folder.resolve("s.masks"),
            List.of(Pixels.noise(19, 23, 1), Pixels.noise(19, 23, 2), Pixels.blobs(19, 23, 3)));
  }

  @Test
  void aStoreHoldsTheFilesOfTheFormatAndNoOthers() throws IOException {
    assertEquals(FILES, Stores.names(store));
    MaskStore.open(store).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "areas.npy",
        "crc32.npy",
        "foreground.npy",
        "masks.npy",
        "name_offsets.npy",
        "names.txt"
      })
  void aFileThatIsMissingCutExtendedOrEmptyIsNamed(String name) throws IOException {
    Path file = store.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    Files.delete(file);
    assertRefused(name);
    Files.write(file, new byte[0]);
    assertRefused(name);
    Files.write(file, whole);
    Stores.truncate(file, whole.length - 1);
    assertRefused(name);
    Files.write(file, whole);
    Files.write(file, new byte[1], StandardOpenOption.APPEND);
    assertRefused(name);
    Files.write(file, whole);
    MaskStore.open(store).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"areas.npy", "crc32.npy", "foreground.npy", "masks.npy", "name_offsets.npy"})
  void anArrayWithABadHeaderIsNamed(String name) throws IOException {
    Path file = store.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    String[][] edits = {
      {"NUMPY", "NUMPI"}, {"fortran_order': False", "fortran_order': True "},
      {"'descr': '<", "'descr': '>"}, {"'descr': '|u1", "'descr': '|b1"},
      {"'shape': (", "'shape': (9"}, {"'descr'", "'describe'"}
    };
    for (String[] edit : edits) {
      String text = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1);
      String changed = text.replace(edit[0], edit[1]);
      if (!changed.equals(text)) {
        byte[] bytes = changed.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Files.write(file, java.util.Arrays.copyOf(bytes, whole.length));
        assertRefused(name);
      }
    }
  }

  @Test
  void aFolderWithoutManifestIsNoStore() throws IOException {
    Files.delete(store.resolve("maskmap.json"));
    String message = assertRefused("maskmap.json");
    assertTrue(message.contains(store.toString()), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\": ?1 | \"format\": 2 | format",
        "\"features\": ?\\[\\] | \"features\": [\"holes\"] | holes",
        "\"layout\": ?\"bits\" | \"layout\": \"spirals\" | spirals",
        "\"planes\": ?1 | \"planes\": 2 | planes",
        "\"bitorder\": ?\"big\" | \"bitorder\": \"little\" | bitorder",
        "\"axis\": ?-2 | \"axis\": -1 | axis",
        "\"masks\": ?3 | \"masks\": 4 | ",
        "\"masks\": ?3 | \"masks\": 2 | ",
        "\"masks\": ?3 | \"masks\": 0 | masks",
        "\"masks\": ?3 | \"masks\": 9223372036854775807 | ",
        "\"masks\": ?3 | \"masks\": \"3\" | masks",
        "\"height\": ?19 | \"height\": 25 | ",
        "\"height\": ?19 | \"height\": 2147483647 | ",
        "\"height\": ?19 | \"height\": 0 | height",
        "\"height\": ?19 | \"height\": -19 | height",
        "\"width\": ?23 | \"width\": 24 | ",
        "\"width\": ?23 | \"width\": 2147483647 | ",
        "\"width\": ?23, | '' | width",
        "\"masks.npy\" | \"masks.npz\" | masks.npy",
      })
  void aManifestThatDisagreesOrAsksForMoreThanWeKnowIsRefused(
      String regex, String replacement, String named) throws IOException {
    Stores.editManifest(store, regex, replacement);
    assertRefused(named == null ? "" : named);
  }

  @Test
  void anUnknownKeyIsIgnored() throws IOException {
    Stores.editManifest(
        store, "\"format\": ?1", "\"format\": 1, \"mood\": {\"of\": [1, \"the day\", null]}");
    try (MaskStore opened = MaskStore.open(store)) {
      assertEquals(3, opened.size());
    }
  }

  @Test
  void aManifestDamagedInAnyByteIsRefused() throws IOException {
    Path file = store.resolve("maskmap.json");
    byte[] whole = Files.readAllBytes(file);
    int covered = new String(whole, java.nio.charset.StandardCharsets.UTF_8).lastIndexOf("\"crc32");
    for (int at = 0; at < covered; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertRefused("maskmap.json");
    }
  }

  @Test
  void aManifestThatIsNoJsonIsRefused() throws IOException {
    for (String text : List.of("", "{", "[]", "null", "{}", "\u0000", "{\"format\": 1}")) {
      Files.writeString(store.resolve("maskmap.json"), text);
      assertRefused("maskmap.json");
    }
  }

  @Test
  void whatIsNotThereIsSaidToBeMissing() {
    IOException e =
        assertThrows(
            IOException.class, () -> MaskStore.open(folder.resolve("absent.masks")).close());
    assertTrue(e.getMessage().contains("absent.masks"), e.getMessage());
  }

  @Test
  void anotherKindOfFileIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "not a mask in sight\n".repeat(20));
    IOException e = assertThrows(IOException.class, () -> MaskStore.open(text).close());
    assertTrue(e.getMessage().contains("notes.txt"), e.getMessage());
    Path empty = Files.createFile(folder.resolve("empty.npy"));
    e = assertThrows(IOException.class, () -> MaskStore.open(empty).close());
    assertTrue(e.getMessage().contains("empty.npy"), e.getMessage());
  }

  private String assertRefused(String named) {
    MaskFormatException e =
        assertThrows(MaskFormatException.class, () -> MaskStore.open(store).close());
    String message = e.getMessage();
    assertTrue(message.contains(named), message);
    assertTrue(message.startsWith(store.toString()), message);
    assertEquals(1, message.lines().count(), message);
    return message;
  }
}
