package dev.maskmap.cli;

import static dev.maskmap.cli.PackFolder.gray;
import static dev.maskmap.cli.PackFolder.indexed;
import static dev.maskmap.cli.PackFolder.left;
import static dev.maskmap.cli.PackFolder.masks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStoreWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pack} takes in, and what it says. */
class PackCommandTest {
  @TempDir Path folder;
  private Path in;
  private Path store;

  @BeforeEach
  void paths() {
    in = folder.resolve("in");
    store = folder.resolve("t.masks");
  }

  @Test
  void masksOfOneSizeAndOfMany() throws IOException {
    gray(in.resolve("a.png"), 2, 3, (y, x) -> y == 1 && x == 2 ? 255 : 0);
    gray(in.resolve("b.png"), 2, 3, (y, x) -> 0);
    String said = CommandRun.ok("pack", in, "-o", store).out();
    assertTrue(said.startsWith(store + ": 2 masks of 2 x 3 pixels (height x width)\n"), said);
    gray(in.resolve("c.png"), 9, 1, (y, x) -> y == 8 ? 255 : 0);
    said = CommandRun.ok("pack", in, "-o", store, "--overwrite").out();
    assertTrue(said.contains("3 masks of different sizes, 2x3 to 9x1, median 2x3 ("), said);
    assertEquals(List.of("a 2x3 1,2", "b 2x3", "c 9x1 8,0"), masks(store));
    assertTrue(CommandRun.ok("verify", store).out().contains("sound: 3 masks"));
  }

  @Test
  void eachRuleMakesItsMask() throws IOException {
    Path image = indexed(in.resolve("a.png"), 1, 4, (y, x) -> x);
    assertEquals("a 1x4 0,1 0,2 0,3", packed(image));
    assertEquals("a 1x4 0,2 0,3", packed(image, "--threshold", 2));
    assertEquals("a 1x4 0,0 0,3", packed(image, "--values", "0,3"));
  }

  @Test
  void colourAndAlphaAreRulesToo() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xFFFF0000);
    image.setRGB(1, 0, 0x40FF0000);
    image.setRGB(2, 0, 0xFF0000FF);
    Path file = Files.createDirectories(in).resolve("a.png");
    ImageIO.write(image, "png", file.toFile());
    assertEquals("a 1x3 0,0 0,1", packed(file, "--color", "FF0000"));
    assertEquals("a 1x3 0,0 0,1 0,2", packed(file, "--color", "ff0000,#0000FF"));
    assertEquals("a 1x3 0,0 0,2", packed(file, "--alpha", 128));
    Path gray = gray(folder.resolve("b.png"), 1, 1, (y, x) -> 1);
    CommandRun.refused(1, "alpha", "pack", gray, "-o", folder.resolve("u"), "--alpha", 1);
    CommandRun.refused(1, "--color", "pack", file, "-o", folder.resolve("u"), "--values", 1);
  }

  @Test
  void arraysTakeTheirOptions() throws IOException {
    Path raw = Files.write(folder.resolve("a.raw"), new byte[] {0, 3, (byte) 0x80, 0});
    assertEquals("a 1x4 0,1 0,2", packed(raw, "--raw", "--shape", "1x4", "--dtype", "uint8"));
    assertEquals(
        "a 1x2 0,0", packed(raw, "--raw", "--shape", "1x2", "--dtype", "int16", "--values", "768"));
    CommandRun.refused(2, "--raw", "pack", raw, "-o", store, "--shape", "1x4");
  }

  private String packed(Object... arguments) throws IOException {
    Object[] all = new Object[arguments.length + 5];
    all[0] = "pack";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "-o";
    all[arguments.length + 2] = store;
    all[arguments.length + 3] = "--overwrite";
    all[arguments.length + 4] = "--quiet";
    CommandRun run = CommandRun.ok(all);
    assertEquals("", run.out());
    return masks(store).getFirst();
  }

  @Test
  void rulesExcludeEachOtherAndTheirMistakesNameTheOption() throws IOException {
    Path image = gray(in.resolve("a.png"), 1, 1, (y, x) -> 1);
    refusedUsage("exclusive", image, "--threshold", 2, "--values", 3);
    refusedUsage("--color", image, "--color", "red");
    refusedUsage("--alpha: alpha 0", image, "--alpha", 0);
    refusedUsage("--threshold: threshold NaN", image, "--threshold", "NaN");
    refusedUsage("--jobs 0", image, "--jobs", 0);
    refusedUsage("--names", image, "--names", "random");
    refusedUsage("expected I/N", image, "--shard", "4/4");
    assertEquals(List.of("in"), left(folder));
  }

  private void refusedUsage(String word, Path image, Object... options) {
    Object[] all = new Object[options.length + 4];
    all[0] = "pack";
    all[1] = image;
    all[2] = "-o";
    all[3] = store;
    System.arraycopy(options, 0, all, 4, options.length);
    CommandRun.refused(2, word, all);
  }

  @Test
  void moreThanTwoValuesAreAskedAboutUnlessARuleWasGiven() throws IOException {
    gray(in.resolve("a.png"), 1, 3, (y, x) -> x);
    CommandRun run = CommandRun.ok("pack", in, "-o", store, "--quiet");
    assertTrue(run.err().startsWith("maskmap: warning: 3 pixel values"), run.err());
    run = CommandRun.ok("pack", in, "-o", store, "--overwrite", "--threshold", 1);
    assertEquals("", run.err());
  }

  @Test
  void storesAreMergedWithImagesAndKeepTheirNames() throws IOException {
    gray(in.resolve("a.png"), 2, 2, (y, x) -> x);
    Path old = folder.resolve("old.masks");
    CommandRun.ok("pack", in, "-o", old);
    Path more = gray(folder.resolve("b.png"), 1, 1, (y, x) -> 7);
    CommandRun run = CommandRun.ok("pack", old, more, "-o", store);
    assertEquals(List.of("a 2x2 0,1 1,1", "b 1x1 0,0"), masks(store));
    assertTrue(run.out().contains("non-zero pixels; 1 of the masks came as bits"), run.out());
    assertTrue(run.out().contains("bit 1"), run.out());
  }

  @Test
  void aRuleThatNobodyNeededIsSaid() throws IOException {
    gray(in.resolve("a.png"), 2, 2, (y, x) -> x);
    Path old = folder.resolve("old.masks");
    CommandRun.ok("pack", in, "-o", old);
    CommandRun run = CommandRun.ok("pack", old, "-o", store, "--threshold", 3);
    assertEquals(
        "maskmap: warning: --threshold was not needed: all masks came as bits\n", run.err());
    assertEquals(masks(old), masks(store));
  }

  @Test
  void aDamagedMaskIsNotCopied() throws IOException {
    gray(in.resolve("a.png"), 2, 2, (y, x) -> x);
    Path old = folder.resolve("old.masks");
    CommandRun.ok("pack", in, "-o", old);
    Path bits = old.resolve("masks.npy");
    byte[] bytes = Files.readAllBytes(bits);
    bytes[bytes.length - 1] ^= (byte) 0x80;
    Files.write(bits, bytes);
    CommandRun.refused(1, "damaged, see maskmap verify", "pack", old, "-o", store);
  }

  @Test
  void whoKeepsGoingGetsTheGoodOnesAndTheReasons() throws IOException {
    gray(in.resolve("a.png"), 1, 1, (y, x) -> 1);
    Files.writeString(in.resolve("b.png"), "no image");
    gray(in.resolve("c.png"), 1, 1, (y, x) -> 1);
    CommandRun.refused(1, "b.png: ", "pack", in, "-o", store);
    assertFalse(Files.exists(store));
    CommandRun run = CommandRun.of("pack", in, "-o", store, "--keep-going", "--quiet");
    assertEquals(1, run.code());
    List<String> lines = run.err().lines().toList();
    assertTrue(lines.getFirst().startsWith("maskmap: left out: " + in.resolve("b.png") + ": "));
    assertEquals("maskmap: 1 could not be read and was left out of " + store, lines.getLast());
    assertEquals(2, lines.size());
    assertEquals(List.of("a 1x1 0,0", "c 1x1 0,0"), masks(store));
  }

  @Test
  void nothingIsWrittenWhereNothingIsGood() throws IOException {
    Files.createDirectories(in);
    Files.writeString(in.resolve("b.png"), "no image");
    CommandRun run = CommandRun.of("pack", in, "-o", store, "--keep-going");
    assertEquals(1, run.code());
    assertTrue(run.err().endsWith("maskmap: no mask to pack; nothing was written\n"), run.err());
    assertEquals(List.of("in"), left(folder));
  }

  @Test
  void aDryRunReadsAllAndWritesNothing() throws IOException {
    gray(in.resolve("a.png"), 2, 3, (y, x) -> 1);
    CommandRun run = CommandRun.ok("pack", in, "-o", store, "--dry-run");
    assertTrue(
        run.out().startsWith(store + ": 1 mask of 2 x 3 pixels (height x width); nothing was"),
        run.out());
    assertTrue(run.out().contains("gray 1"), run.out());
    Files.writeString(in.resolve("b.png"), "no image");
    CommandRun.refused(1, "b.png", "pack", in, "-o", store, "--dry-run");
    assertEquals(List.of("in"), left(folder));
  }

  @Test
  void namesAreThePathTheStemOrANumber() throws IOException {
    for (String name : List.of("x/1", "y/2", "y/z/3")) {
      gray(in.resolve(name + ".png"), 1, 1, (y, x) -> 0);
    }
    assertEquals(List.of("x/1", "y/2", "y/z/3"), names("path"));
    assertEquals(List.of("1", "2", "3"), names("stem"));
    assertEquals(List.of("0", "1", "2"), names("sequence"));
  }

  private List<String> names(String kind) throws IOException {
    CommandRun.ok("pack", in, "-o", store, "--overwrite", "--names", kind);
    return masks(store).stream().map(mask -> mask.split(" ")[0]).toList();
  }

  @Test
  void shardsTogetherAreEverything() throws IOException {
    for (int i = 0; i < 30; i++) {
      gray(in.resolve("m" + i + ".png"), 1, 1, (y, x) -> 0);
    }
    int all = 0;
    for (int i = 0; i < 2; i++) {
      CommandRun.ok("pack", in, "-o", store, "--overwrite", "--shard", i + "/2");
      all += masks(store).size();
    }
    assertEquals(30, all);
    Path one = gray(folder.resolve("one/a.png"), 1, 1, (y, x) -> 0).getParent();
    long empty =
        List.of("0/2", "1/2").stream()
            .map(
                shard ->
                    CommandRun.of(
                        "pack", one, "-o", folder.resolve("s" + shard.charAt(0)), "--shard", shard))
            .filter(run -> run.code() == 1 && run.err().contains("no mask to pack in shard"))
            .count();
    assertEquals(1, empty);
  }

  @Test
  void namesThatLookLikePathsStayNames() throws IOException {
    Path old = folder.resolve("old.masks");
    String name = "../../escape";
    try (MaskStoreWriter writer = MaskStoreWriter.create(old)) {
      writer.addPacked(name, 1, 1, MemorySegment.ofArray(new byte[] {(byte) 0x80}));
      writer.commit();
    }
    CommandRun.ok("pack", old, "-o", store);
    assertEquals(List.of(name + " 1x1 0,0"), masks(store));
    assertEquals(List.of("old.masks", "t.masks"), left(folder));
  }

  @Test
  void theHelpGroupsItsOptions() {
    String help = CommandRun.ok("pack", "--help").out();
    for (String words :
        List.of(
            "Usage: maskmap pack PATH... -o STORE [OPTIONS]",
            "Foreground is every pixel that is not 0, or one of these:",
            "If the store exists, it is an error, or one of these:",
            "Names:",
            "Label maps:",
            "Examples:")) {
      assertTrue(help.contains("\n" + words) || help.startsWith(words), words);
    }
    assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
  }
}
