package dev.maskmap.cli;

import static dev.maskmap.cli.PackFolder.gray;
import static dev.maskmap.cli.PackFolder.indexed;
import static dev.maskmap.cli.PackFolder.left;
import static dev.maskmap.cli.PackFolder.masks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.LabelledMasks;
import dev.maskmap.convert.Labels;
import dev.maskmap.convert.pixels.PackedMask;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Label maps as one store a label. */
class SplitLabelsTest {
  @TempDir Path folder;
  private Path in;
  private String pattern;

  @BeforeEach
  void paths() {
    in = folder.resolve("in");
    pattern = folder + "/t.{label}.masks";
  }

  private Path store(String label) {
    return folder.resolve("t." + label + ".masks");
  }

  @Test
  void everyIdGetsAStoreWithTheSameMasksInTheSameOrder() throws IOException {
    indexed(in.resolve("a.png"), 1, 4, (y, x) -> new int[] {0, 1, 1, 255}[x]);
    gray(in.resolve("b.png"), 2, 1, (y, x) -> 3 * y);
    CommandRun run = split("--ignore", "255");
    assertEquals(List.of("a 1x4 0,1 0,2", "b 2x1"), masks(store("1")));
    assertEquals(List.of("a 1x4", "b 2x1 1,0"), masks(store("3")));
    assertEquals(List.of("a 1x4 0,0 0,1 0,2", "b 2x1 0,0 1,0"), masks(store("valid")));
    assertEquals(List.of("in", "t.1.masks", "t.3.masks", "t.valid.masks"), left(folder));
    assertTrue(run.out().contains("0 is background and has no store"), run.out());
    assertTrue(run.out().contains("3 stores, each of 2 masks of different sizes"), run.out());
    for (String label : List.of("1", "3", "valid")) {
      CommandRun.ok("verify", store(label));
    }
  }

  @Test
  void aListNamesTheLabelsAndHasZeroIfItSaysSo() throws IOException {
    gray(in.resolve("a.png"), 1, 5, (y, x) -> x);
    Path list = Files.writeString(folder.resolve("ids.txt"), "0 sky\n\n2 road surface\n3 sky\n9\n");
    CommandRun run = split("--labels", list);
    assertEquals(List.of("a 1x5 0,0 0,3"), masks(store("sky")));
    assertEquals(List.of("a 1x5 0,2"), masks(store("road surface")));
    assertEquals(List.of("a 1x5"), masks(store("9")));
    assertTrue(run.err().contains("a.png: ids that --labels does not list"), run.err());
    assertTrue(!run.out().contains("0 is background"), run.out());
  }

  @Test
  void moreIdsThanClassesCanBeAreAnInstanceMapAndLeaveNothing() throws IOException {
    gray(in.resolve("a.png"), 16, 16, (y, x) -> 16 * y + x);
    assertTrue(split("--dry-run").out().contains(": 255 stores, each of 1 mask"));
    Path many = folder.resolve("many");
    gray(many.resolve("a.png"), 1, 255, (y, x) -> x + 1);
    wide(many.resolve("b.png"), 1000);
    wide(many.resolve("c.png"), 1001);
    refused("more than 256 ids in all. Classes are up to 256", many);
    int[] instances = new int[300];
    for (int i = 0; i < instances.length; i++) {
      instances[i] = i + 1;
    }
    wide(many.resolve("0.png"), instances);
    refused("0.png: 300 ids. Classes are up to 256", many);
    Path list = Files.writeString(folder.resolve("ids.txt"), "299 late\n");
    CommandRun.ok("pack", many, "-o", folder + "/u.{label}", "--split-labels", "--labels", list);
    assertTrue(masks(folder.resolve("u.late")).getFirst().endsWith(" 0,298"));
  }

  private void refused(String word, Path from) throws IOException {
    Path to = Files.createTempDirectory(folder, "to");
    CommandRun.refused(1, word, "pack", from, "-o", to + "/{label}", "--split-labels");
    assertEquals(List.of(), left(to));
    Files.delete(to);
  }

  private static void wide(Path file, int... values) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, dev.maskmap.convert.image.TestImages.png(values, 1, values.length, 16, 0));
  }

  @Test
  void allStoresAppearOrNone() throws IOException {
    gray(in.resolve("a.png"), 1, 3, (y, x) -> x);
    Files.writeString(in.resolve("b.png"), "no image");
    CommandRun.refused(1, "b.png", "pack", in, "-o", pattern, "--split-labels");
    assertEquals(List.of("in"), left(folder));
    Files.delete(in.resolve("b.png"));
    Files.createDirectory(store("2"));
    CommandRun.refused(1, "exists already", "pack", in, "-o", pattern, "--split-labels");
    assertEquals(List.of("in", "t.2.masks"), left(folder));
  }

  @Test
  void aStoreThatCannotFollowTakesTheOthersWithIt() throws IOException {
    Labels labels = Labels.found(List.of());
    byte[] bits = {(byte) 0x80};
    Map<String, PackedMask> masks = new LinkedHashMap<>();
    masks.put("1", new PackedMask(1, 1, bits));
    masks.put("2", new PackedMask(1, 1, bits));
    try (LabelStores stores =
        new LabelStores(
            Path.of(pattern), StoreOutput.Mode.CREATE, LayoutChoice.BITS, false, labels)) {
      stores.add("a", new LabelledMasks(1, 1, masks, false, false, List.of()));
      Files.createDirectory(store("2"));
      assertThrows(FileAlreadyExistsException.class, stores::commit);
    }
    assertEquals(List.of("t.2.masks"), left(folder));
  }

  @Test
  void colourIdsAndNumbersAreNotMixedUnlessAListNamesThem() throws IOException {
    gray(in.resolve("a.png"), 1, 2, (y, x) -> x);
    BufferedImage red = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    red.setRGB(0, 0, 0xFF0000);
    ImageIO.write(red, "png", in.resolve("b.png").toFile());
    CommandRun.refused(1, "its ids are colours", "pack", in, "-o", pattern, "--split-labels");
    assertEquals(List.of("in"), left(folder));
    Path list = Files.writeString(folder.resolve("ids.txt"), "1 car\nFF0000 car\n");
    CommandRun.ok("pack", in, "-o", pattern, "--split-labels", "--labels", list);
    assertEquals(List.of("a 1x2 0,1", "b 1x2 0,0"), masks(store("car")));
  }

  @Test
  void anIdIsNotListedAndIgnored() throws IOException {
    gray(in.resolve("a.png"), 1, 2, (y, x) -> x);
    Path list = Files.writeString(folder.resolve("ids.txt"), "1 car\n255 void\n");
    CommandRun.refused(
        1, "255", "pack", in, "-o", pattern, "--split-labels", "--labels", list, "--ignore", "255");
    CommandRun run = CommandRun.ok("pack", in, "-o", pattern, "--split-labels", "--ignore", "77");
    assertTrue(run.err().contains("no pixel has an id of --ignore"), run.err());
  }

  @Test
  void storesThatAreThereAreReplacedWhereAsked() throws IOException {
    gray(in.resolve("a.png"), 1, 3, (y, x) -> x);
    split();
    gray(in.resolve("a.png"), 1, 3, (y, x) -> 2);
    split("--overwrite");
    assertEquals(List.of("a 1x3 0,0 0,1 0,2"), masks(store("2")));
    // Another import's: no file of it is looked at.
    assertEquals(List.of("a 1x3 0,1"), masks(store("1")));
  }

  @Test
  void badItemsAreLeftOutOfAllStores() throws IOException {
    gray(in.resolve("a.png"), 1, 2, (y, x) -> x);
    Files.writeString(in.resolve("b.png"), "no image");
    gray(in.resolve("c.png"), 1, 2, (y, x) -> 2 * x);
    CommandRun run = CommandRun.of("pack", in, "-o", pattern, "--split-labels", "--keep-going");
    assertEquals(1, run.code());
    assertEquals(List.of("a 1x2 0,1", "c 1x2"), masks(store("1")));
    assertEquals(List.of("a 1x2", "c 1x2 0,1"), masks(store("2")));
  }

  @Test
  void aDryRunSaysTheLabelsAndWritesNothing() throws IOException {
    gray(in.resolve("a.png"), 1, 2, (y, x) -> x);
    assertTrue(split("--dry-run").out().contains("1 store, each of 1 mask of 1 x 2"));
    assertEquals(List.of("in"), left(folder));
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    gray(in.resolve("a.png"), 1, 2, (y, x) -> x);
    CommandRun.refused(2, "needs {label}", "pack", in, "-o", "x", "--split-labels");
    CommandRun.refused(2, "needs --split-labels", "pack", in, "-o", pattern);
    CommandRun.refused(2, "need --split-labels", "pack", in, "-o", "x", "--ignore", 255);
    CommandRun.refused(
        2, "give one of the two", "pack", in, "-o", pattern, "--split-labels", "--threshold", 1);
    CommandRun.refused(
        2, "do not go with it", "pack", in, "-o", pattern, "--split-labels", "--append");
    CommandRun.refused(
        2, "--ignore: 'void'", "pack", in, "-o", pattern, "--split-labels", "--ignore", "void");
    assertEquals(List.of("in"), left(folder));
  }

  @Test
  void aListThatIsNoneIsRefusedWithItsLine() throws IOException {
    gray(in.resolve("a.png"), 1, 2, (y, x) -> x);
    badList("1 ../../up", "line 1: '../../up': a name of a label has no slash");
    badList("1 a\nroad 2", "line 2: 'road': expected a whole number");
    badList("1 a\n1 b", "line 2: id 1 for the second time");
    badList("\n", "no label in it");
    badList("1 ..", "has no slash");
  }

  private void badList(String text, String reason) throws IOException {
    Path list = Files.writeString(folder.resolve("ids.txt"), text);
    CommandRun.refused(1, reason, "pack", in, "-o", pattern, "--split-labels", "--labels", list);
  }

  private CommandRun split(Object... options) {
    Object[] all = new Object[options.length + 5];
    System.arraycopy(new Object[] {"pack", in, "-o", pattern, "--split-labels"}, 0, all, 0, 5);
    System.arraycopy(options, 0, all, 5, options.length);
    return CommandRun.ok(all);
  }
}
