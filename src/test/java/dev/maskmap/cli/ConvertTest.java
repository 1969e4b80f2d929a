package dev.maskmap.cli;

import static dev.maskmap.cli.PackFolder.gray;
import static dev.maskmap.cli.PackFolder.masks;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code maskmap convert} and {@code pack --layout}. */
class ConvertTest {
  @TempDir Path folder;
  private Path images;
  private Path bits;

  @BeforeEach
  void pack() throws IOException {
    images = folder.resolve("images");
    gray(images.resolve("a.png"), 9, 20, (y, x) -> y < 4 ? 1 : 0);
    gray(images.resolve("b.png"), 3, 50, (y, x) -> x % 2);
    bits = folder.resolve("bits.masks");
    CommandRun.ok("pack", images, "-o", bits);
  }

  private static void assertSameFiles(Path expected, Path actual) throws IOException {
    assertEquals(Stores.names(expected), Stores.names(actual));
    for (String name : Stores.names(expected)) {
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(name)),
          Files.readAllBytes(actual.resolve(name)),
          name);
    }
  }

  @Test
  void thereAndBackIsTheSameStore() throws IOException {
    Path runs = folder.resolve("runs.masks");
    Path back = folder.resolve("back.masks");
    CommandRun run = CommandRun.ok("convert", bits, "-o", runs, "--layout", "runs");
    assertTrue(run.out().contains("2 masks as runs"), run.out());
    assertEquals(masks(bits), masks(runs));
    assertTrue(
        CommandRun.ok("info", runs)
            .out()
            .contains("runs, packed down the columns, runs of equal bytes"));
    assertTrue(CommandRun.ok("verify", runs).out().contains("sound: 2 masks"));
    CommandRun.ok("convert", runs, "-o", back, "--layout", "BITS", "--quiet");
    assertSameFiles(bits, back);
  }

  @Test
  void packWritesTheSameRuns() throws IOException {
    Path runs = folder.resolve("runs.masks");
    Path packed = folder.resolve("packed.masks");
    CommandRun.ok("convert", bits, "-o", runs, "--layout", "runs");
    CommandRun.ok("pack", images, "-o", packed, "--layout", "runs");
    assertSameFiles(runs, packed);
    CommandRun.ok("pack", images, "-o", packed, "--replace");
    assertSameFiles(runs, packed);
    CommandRun.refused(
        2, "keeps the layout", "pack", images, "-o", packed, "--replace", "--layout", "bits");
    CommandRun.refused(
        2, "expected bits, runs or auto", "pack", images, "-o", packed, "--layout", "x");
  }

  @Test
  void autoTakesRunsWhereTheyAreSmallAndBitsSayWhatRunsWouldTake() throws IOException {
    Path large = folder.resolve("large");
    gray(large.resolve("a.png"), 64, 2000, (y, x) -> y < 40 && x < 700 ? 1 : 0);
    Path auto = folder.resolve("auto.masks");
    CommandRun chosen = CommandRun.ok("pack", large, "-o", auto, "--layout", "auto");
    assertTrue(chosen.out().contains(", as runs"), chosen.out());
    assertTrue(Files.exists(auto.resolve("runs.npy")));
    assertFalse(chosen.out().contains("maskmap convert"), chosen.out());

    Path plain = folder.resolve("it's plain.masks");
    CommandRun packed = CommandRun.ok("pack", large, "-o", plain);
    long would = StoreFiles.bytes(auto);
    Path runs = folder.resolve("it's plain-runs.masks");
    for (CommandRun run : List.of(packed, CommandRun.ok("info", plain))) {
      String line =
          run.out().lines().filter(text -> text.contains("as runs ")).findFirst().orElseThrow();
      assertTrue(
          line.endsWith(
              "maskmap convert '%s' -o '%s' --layout runs"
                  .formatted(
                      plain.toString().replace("'", "'\\''"),
                      runs.toString().replace("'", "'\\''"))),
          line);
      double times = Double.parseDouble(line.replaceAll(".*, ([0-9.]+) times.*", "$1"));
      assertEquals((double) would / StoreFiles.bytes(plain), times, 0.15);
    }

    CommandRun small = CommandRun.ok("pack", images, "-o", folder.resolve("b.masks"));
    assertFalse(small.out().contains("as runs"), small.out());
    CommandRun.ok("pack", images, "-o", folder.resolve("c.masks"), "--layout", "auto");
    assertSameFiles(bits, folder.resolve("c.masks"));
    CommandRun.ok("convert", plain, "-o", runs, "--layout", "auto");
    assertSameFiles(auto, runs);
  }

  @Test
  void dataSetsWithRunsSayNothingOfRuns() throws IOException {
    Path set = folder.resolve("mixed.data");
    Path large = folder.resolve("large");
    gray(large.resolve("c.png"), 64, 2000, (y, x) -> y < 40 && x < 700 ? 1 : 0);
    CommandRun.ok("pack", large, "-o", set, "--append");
    assertTrue(CommandRun.ok("info", set).out().contains("as runs "));
    CommandRun.ok("pack", images, "-o", set, "--append", "--layout", "runs");
    assertFalse(CommandRun.ok("info", set).out().contains("as runs "));
    assertFalse(CommandRun.ok("info", "--json", set).out().contains("bytes_runs"));
  }

  @Test
  void bareArraysAndDataSetsBecomeStores() throws IOException {
    Path set = folder.resolve("t.data");
    CommandRun.ok("pack", images, "-o", set, "--append");
    CommandRun.ok("convert", set, "-o", folder.resolve("set.masks"), "--layout", "runs");
    assertEquals(masks(bits), masks(folder.resolve("set.masks")));
    Path raw = Files.write(folder.resolve("raw.bin"), new byte[] {-1, -1, -1, 0});
    CommandRun.ok(
        "convert", raw, "--shape", "2x3x2", "-o", folder.resolve("raw.masks"), "--layout", "runs");
    assertEquals(
        List.of("0 3x2 0,0 0,1 1,0 1,1 2,0 2,1", "1 3x2 0,0 1,0 2,0"),
        masks(folder.resolve("raw.masks")));
  }

  @Test
  void targetsThatExistAndMasksThatAreDamagedAreRefused() throws IOException {
    Path runs = folder.resolve("runs.masks");
    CommandRun.refused(2, "--layout", "convert", bits, "-o", runs);
    CommandRun.ok("convert", bits, "-o", runs, "--layout", "runs");
    CommandRun.refused(1, "exists", "convert", bits, "-o", runs, "--layout", "runs");
    CommandRun.ok("convert", bits, "-o", runs, "--layout", "runs", "--overwrite");
    Stores.flip(bits.resolve("masks.npy"), 130, 1);
    CommandRun.refused(
        1, "damaged", "convert", bits, "-o", folder.resolve("x.masks"), "--layout", "runs");
    assertFalse(Files.exists(folder.resolve("x.masks")));
  }
}
