package dev.maskmap.cli;

import static dev.maskmap.cli.PackFolder.gray;
import static dev.maskmap.cli.PackFolder.left;
import static dev.maskmap.cli.PackFolder.masks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a store that is there already. */
class PackTargetTest {
  @TempDir Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void images() throws IOException {
    first = folder.resolve("first");
    second = folder.resolve("second");
    gray(first.resolve("a.png"), 1, 2, (y, x) -> x);
    gray(first.resolve("b.png"), 1, 2, (y, x) -> x);
    gray(second.resolve("c.png"), 2, 1, (y, x) -> y);
  }

  @Test
  void appendMakesADataSetAndThenExtendsIt() throws IOException {
    Path set = folder.resolve("t.data");
    CommandRun.ok("pack", first, "-o", set, "--append");
    CommandRun run = CommandRun.ok("pack", second, "-o", set, "--append");
    assertTrue(run.out().contains("1 mask of 2 x 1 pixels (height x width), added as"), run.out());
    assertEquals(List.of("a 1x2 0,1", "b 1x2 0,1", "c 2x1 1,0"), masks(set));
    assertTrue(CommandRun.ok("verify", set).out().contains("sound: 3 masks"));
  }

  @Test
  void theRemedyForManyValuesLosesNoOtherMasks() throws IOException {
    Path set = folder.resolve("t.data");
    Path soft = folder.resolve("soft");
    gray(soft.resolve("s.png"), 1, 4, (y, x) -> x);
    CommandRun.ok("pack", first, "-o", set, "--append");
    CommandRun run = CommandRun.ok("pack", soft, "-o", set, "--append");
    assertTrue(
        run.err().contains("with --replace in place of --append, and --values V,V"), run.err());
    CommandRun.ok("pack", soft, "-o", set, "--replace", "--values", "3");
    assertEquals(List.of("a 1x2 0,1", "b 1x2 0,1", "s 1x4 0,3"), masks(set));
    run = CommandRun.ok("pack", soft, "-o", folder.resolve("t"), "--dry-run");
    assertTrue(run.err().contains("command and --values V,V"), run.err());
    run = CommandRun.ok("pack", soft, "-o", folder.resolve("t"));
    assertTrue(run.err().contains("command and --overwrite --values V,V"), run.err());
  }

  @Test
  void aRuleThatNoPixelMeetsIsAWarning() throws IOException {
    CommandRun run = CommandRun.ok("pack", first, "-o", folder.resolve("t"), "--values", "77");
    assertTrue(run.err().contains("no pixel is foreground by --values"), run.err());
    run = CommandRun.ok("pack", first, "-o", folder.resolve("u"), "--values", "1");
    assertEquals("", run.err());
  }

  @Test
  void aStoreIsNoFolderToExportToAndAFileNeedsItsFormat() throws IOException {
    Path store = folder.resolve("t.masks");
    CommandRun.ok("pack", first, "-o", store);
    CommandRun.refused(2, "a store, which never", "export", store, "-o", store, "--overwrite");
    CommandRun.refused(2, "--format coco-rle", "export", store, "-o", folder.resolve("x.json"));
    CommandRun.refused(2, "--format npy-bool", "export", store, "-o", folder.resolve("x.npy"));
    CommandRun.refused(2, "is a PNG", "sample", store, "-o", folder.resolve("x.jpg"));
    CommandRun.refused(1, "leaves mask", "show", store, "--at", "9999,1");
    CommandRun verify = CommandRun.ok("verify", store.resolve("masks.npy"));
    assertTrue(verify.out().contains("without checksums"), verify.out());
  }

  @Test
  void masksAreRemovedByNameFromStoresAndDataSets() throws IOException {
    Path set = folder.resolve("t.data");
    CommandRun.ok("pack", first, "-o", set, "--append");
    CommandRun.ok("pack", second, "-o", set, "--append");
    CommandRun run = CommandRun.ok("remove", set, "a", "c", "a");
    assertTrue(run.out().contains("2 removed, 1 left"), run.out());
    assertEquals(List.of("b 1x2 0,1"), masks(set));
    CommandRun.refused(1, "no mask is named x", "remove", set, "x");
    CommandRun.refused(1, "no mask would be left", "remove", set, "b");
    CommandRun.refused(2, "NAME", "remove", set);
    Path store = folder.resolve("t.masks");
    CommandRun.ok("pack", first, "-o", store);
    CommandRun.ok("remove", store, "b");
    assertEquals(List.of("a 1x2 0,1"), masks(store));
  }

  @Test
  void aNameThatTheDataSetHasIsRefusedOrLeftOut() throws IOException {
    Path set = folder.resolve("t.data");
    CommandRun.ok("pack", first, "-o", set, "--append");
    gray(second.resolve("b.png"), 1, 1, (y, x) -> 1);
    CommandRun.refused(1, "has a mask 'b' already", "pack", second, "-o", set, "--append");
    assertEquals(2, masks(set).size());
    CommandRun run = CommandRun.of("pack", second, "-o", set, "--append", "--keep-going");
    assertEquals(1, run.code());
    assertEquals(List.of("a 1x2 0,1", "b 1x2 0,1", "c 2x1 1,0"), masks(set));
  }

  @Test
  void appendRefusesAPlainStoreAndSaysWhatToDo() throws IOException {
    Path store = folder.resolve("t.masks");
    CommandRun.ok("pack", first, "-o", store);
    CommandRun.refused(
        1, "a plain store, which never changes", "pack", second, "-o", store, "--append");
    assertEquals(2, masks(store).size());
  }

  @Test
  void replaceSwapsMasksOfTheSameNamesAndKeepsTheOrder() throws IOException {
    for (String mode : List.of("", "--append")) {
      Path store = folder.resolve("t" + mode);
      CommandRun.ok("pack", first, "-o", store, mode.isEmpty() ? "--overwrite" : mode);
      Path fixed = folder.resolve("fixed" + mode);
      gray(fixed.resolve("a.png"), 3, 1, (y, x) -> y);
      CommandRun run = CommandRun.ok("pack", fixed, "-o", store, "--replace");
      assertTrue(run.out().contains("each in the place of its old one"), run.out());
      assertEquals(List.of("a 3x1 1,0 2,0", "b 1x2 0,1"), masks(store));
    }
    assertEquals(
        List.of("first", "fixed", "fixed--append", "second", "t", "t--append"), left(folder));
  }

  @Test
  void replaceRefusesNewNamesAndLeavesNothing() throws IOException {
    Path store = folder.resolve("t.masks");
    CommandRun.ok("pack", first, "-o", store);
    CommandRun.refused(1, "has no mask 'c' to replace", "pack", second, "-o", store, "--replace");
    CommandRun.refused(1, "no store", "pack", first, "-o", folder.resolve("u"), "--replace");
    assertEquals(List.of("a 1x2 0,1", "b 1x2 0,1"), masks(store));
    assertEquals(List.of("first", "second", "t.masks"), left(folder));
  }

  @Test
  void aStoreMayBePackedOverItself() throws IOException {
    Path store = folder.resolve("t.masks");
    CommandRun.ok("pack", first, "-o", store);
    CommandRun.ok("pack", store, second, "-o", store, "--overwrite");
    assertEquals(List.of("a 1x2 0,1", "b 1x2 0,1", "c 2x1 1,0"), masks(store));
  }

  @Test
  void whatIsNoStoreIsNeverReplaced() throws IOException {
    CommandRun.refused(1, "is no store", "pack", first, "-o", second, "--overwrite");
    CommandRun.refused(1, "exists already", "pack", first, "-o", second, "--append");
    CommandRun.refused(2, "exclusive", "pack", first, "-o", "x", "--overwrite", "--append");
    assertTrue(Files.exists(second.resolve("c.png")));
  }
}
