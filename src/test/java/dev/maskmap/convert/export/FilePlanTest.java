package dev.maskmap.convert.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePlanTest {
  private static final FileRules UNIX = new FileRules(false, false);
  private static final FileRules MAC = new FileRules(false, true);
  private static final FileRules WINDOWS = new FileRules(true, true);

  @TempDir Path folder;
  private List<String> stored = List.of();

  private Path store(String... names) throws IOException {
    Path path = folder.resolve("t.masks");
    if (!List.of(names).equals(stored)) {
      try (MaskStoreWriter writer = MaskStoreWriter.replace(path, 1, 1)) {
        for (String name : names) {
          Stores.add(writer, name, Pixels.noise(1, 1, 1));
        }
        writer.commit();
      }
      stored = List.of(names);
    }
    return path;
  }

  private void plan(FileRules rules, String... names) throws IOException {
    Path path = store(names);
    try (MaskStore store = MaskStore.open(path)) {
      FilePlan.of(MaskSelection.all(store, false), ".png", rules);
    }
  }

  private String refusal(FileRules rules, String... names) {
    return assertThrows(IOException.class, () -> plan(rules, names), List.of(names)::toString)
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "../a",
        "a/../../b",
        "/etc/passwd",
        "//a",
        "a//b",
        "a/",
        "/",
        "./a",
        "a/.",
        ".hidden",
        "a/.git/b",
        "a\\..\\..\\b",
        "..\\a",
        "\uFFFD"
      })
  void aNameThatLeavesTheFolderOrIsLostInItIsRefused(String name) {
    for (FileRules rules : List.of(UNIX, MAC, WINDOWS)) {
      String message = refusal(rules, name);
      assertTrue(message.contains("mask 0 (" + name + "): its name cannot be a file"), message);
      assertTrue(message.endsWith("--names sequence numbers the files instead"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C:\\a",
        "C:a",
        "a\\b",
        "a/NUL",
        "nul",
        "com1.x/b",
        "LPT\u00b9",
        "a./b",
        "a /b",
        "what?",
        "12:30",
        "a|b",
        "<a>",
        "a\"b",
        "a*"
      })
  void whatWindowsCannotHoldIsRefusedThereOnly(String name) throws IOException {
    refusal(WINDOWS, name);
    plan(UNIX, name);
    plan(MAC, name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b/c d", "a.b.c", "console", "a~1", "\u00e9/\ud83d\ude42", "a..b"})
  void ordinaryNamesAreFilesEverywhere(String name) throws IOException {
    plan(UNIX, name);
    plan(MAC, name);
    plan(WINDOWS, name);
  }

  @Test
  void namesThatDifferInCaseClashWhereTheFileSystemFoldsIt() throws IOException {
    plan(UNIX, "Scan", "scan");
    String message = refusal(MAC, "Scan", "scan");
    assertTrue(message.contains("masks 'Scan' and 'scan' would both be the file"), message);
  }

  @Test
  void twoSpellingsOfOneLetterClashThereToo() throws IOException {
    plan(UNIX, "\u00e9", "e\u0301");
    refusal(MAC, "\u00e9", "e\u0301");
  }

  @Test
  void foldersThatDifferInCaseClashBecauseTheNamesWouldChange() throws IOException {
    plan(UNIX, "A/x", "a/y");
    String message = refusal(MAC, "A/x", "a/y");
    assertTrue(message.contains("masks 'A/x' and 'a/y' would share the folder"), message);
  }

  @Test
  void aFileAndAFolderOfOneNameClashInEitherOrder() throws IOException {
    plan(UNIX, "a", "a/b");
    String message = refusal(UNIX, "a", "a.png/b");
    assertTrue(message.contains("masks 'a' and 'a.png/b' need a file and a folder"), message);
    assertEquals(message, refusal(UNIX, "a.png/b", "a"));
    refusal(MAC, "a", "A.PNG/b");
  }

  @Test
  void aFileNameHasAtMost255Bytes() throws IOException {
    plan(UNIX, "x".repeat(251));
    plan(UNIX, "\u00e9".repeat(125) + "x", "y".repeat(255) + "/z");
    assertTrue(refusal(UNIX, "x".repeat(252)).contains("256 bytes"));
    assertTrue(refusal(UNIX, "\u00e9".repeat(126)).contains("256 bytes"));
    assertTrue(refusal(UNIX, "y".repeat(256) + "/z").contains("256 bytes"));
  }

  @Test
  void aSequenceIsPaddedSoThatItSortsAsTheMasksDo() throws IOException {
    plan(UNIX, "x", "y", "z");
    try (MaskStore store = MaskStore.open(folder.resolve("t.masks"))) {
      MaskSelection two = MaskSelection.of(store, new long[] {2, 0}, true);
      assertEquals("000002", two.name(0));
      assertEquals("000000", two.name(1));
      assertEquals("z", MaskSelection.of(store, new long[] {2, 0}, false).name(0));
    }
  }
}
