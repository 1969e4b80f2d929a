package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import dev.maskmap.cli.draw.SheetPalette;
import dev.maskmap.sample.Place;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import dev.maskmap.sample.SmallMasks;
import dev.maskmap.sample.Turns;
import dev.maskmap.testing.Masks;
import dev.maskmap.testing.Pixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sample --sampler}: what a sampler draws, as a sheet, a list and a map. */
class SamplerViewTest {
  private static final List<String> NAMES = List.of("a", "b,c", "d \"e\"", "f");

  @TempDir Path folder;
  private Path store = Path.of("");

  @BeforeEach
  void write() throws IOException {
    store = folder.resolve("s.masks");
    try (MaskStoreWriter writer = MaskStoreWriter.create(store)) {
      for (int i = 0; i < NAMES.size(); i++) {
        Masks.add(writer, NAMES.get(i), Pixels.blobs(20 + 15 * i, 60 - 10 * i, i));
      }
      writer.commit();
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Runs.Run sample(Object... options) {
    return Runs.run(Stream.concat(Stream.of("sample", store), Stream.of(options)).toArray());
  }

  @Test
  void aListHasTheSamplersPatches() throws IOException {
    Path list = folder.resolve("l.csv");
    Runs.Run run =
        sample(
            "--sampler",
            "foreground=0.5,at-least=30,attempts=3",
            "--size",
            "16x24",
            "--batch",
            2,
            "--per-mask",
            3,
            "--seed",
            7,
            "--epoch",
            5,
            "--turns",
            "all",
            "-n",
            9,
            "-o",
            list);
    assertEquals(0, run.code(), run.err());
    List<String> expected = new ArrayList<>(List.of("k,mask,name,y,x,height,width,turn,gave_up"));
    int gaveUp = 0;
    try (MaskStore open = MaskStore.open(store)) {
      Sampling sampling = Sampling.of(open, 16, 24).smallMasks(SmallMasks.PAD).patchesPerMask(3);
      Sampler sampler = sampling.atLeast(sampling.foreground(0.5, 2), 30, 3);
      Place at = new Place();
      for (long k = 0; k < 9; k++) {
        boolean kept = sampler.draw(7, 5, k, at);
        gaveUp += kept ? 0 : 1;
        String name = List.of("a", "\"b,c\"", "\"d \"\"e\"\"\"", "f").get((int) at.mask());
        expected.add(
            "%d,%d,%s,%d,%d,%d,%d,%d,%d"
                .formatted(
                    k,
                    at.mask(),
                    name,
                    at.y(),
                    at.x(),
                    Math.min(16, open.height(at.mask()) - at.y()),
                    Math.min(24, open.width(at.mask()) - at.x()),
                    Turns.ALL.code(7, 5, k),
                    kept ? 0 : 1));
      }
      assertTrue(run.out().contains(sampler.describe() + "\n"), run.out());
    }
    assertEquals(expected, Files.readAllLines(list));
    assertTrue(gaveUp > 0 && run.out().contains("; gave up at " + gaveUp + " ("), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uniform | uniform 8x8 per_mask=1 small=pad masks=4",
        "area | area 8x8 per_mask=1 small=pad masks=4",
        "foreground=0.25 | foreground=4/16 8x8 per_mask=1 small=pad masks=4",
        "foreground-of-all=1 | foreground-of-all=16/16 8x8 per_mask=1 small=pad masks=4",
        "grid=5 | grid=5x5 8x8 small=pad masks=4",
        "grid=5x6 | grid=5x6 8x8 small=pad masks=4",
        "at-least=3 | at-least=3*16 uniform 8x8 per_mask=1 small=pad masks=4",
        "at-least=12.5%,attempts=5 | at-least=8*5 uniform 8x8 per_mask=1 small=pad masks=4",
        "at-least=0%,area | at-least=0*16 area 8x8 per_mask=1 small=pad masks=4",
        "foreground=.5,at-least=9 | at-least=9*16 foreground=8/16 8x8 per_mask=1 small=pad masks=4",
      })
  void whatIsTypedIsTheSamplerThatIsMeant(String typed, String description) {
    Path sheet = folder.resolve("t.png");
    Runs.Run run = sample("--sampler", typed, "--size", "8x8", "-o", sheet);
    assertEquals(0, run.code(), run.err());
    assertEquals(description, run.out().lines().toList().get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grid", "grid=5x", "grid=-1", "grid=a", "uniform,area", "at-least=5,at-least=6",
            "attempts=5",
        "at-least=", "at-least=-5", "at-least=5,attempts=x", "''", "uniform,", "foreground",
            "Uniform"
      })
  void whatMeansNothingIsRefusedWithTheGrammar(String typed) {
    Runs.Run run = sample("--sampler", typed, "-o", folder.resolve("t.png"));
    assertEquals(2, run.code());
    assertEquals(1, run.err().lines().count());
    assertTrue(run.err().contains("expected uniform, area"), run.err());
  }

  @Test
  void filesOfNamesAndWeightsChooseTheMasks() throws IOException {
    Path only = file("only.txt", "f\na\nb,c\n");
    Path without = file("without.txt", "a\nd \"e\"\n");
    Path weights = file("weights.tsv", "f\t0\nb,c\t3\n");
    Path list = folder.resolve("l.csv");
    Runs.Run run =
        sample(
            "--only",
            only,
            "--without",
            without,
            "--weights",
            weights,
            "--size",
            "8x8",
            "--per-mask",
            10,
            "-n",
            999,
            "-o",
            list);
    assertEquals(0, run.code(), run.err());
    List<String> lines = Files.readAllLines(list);
    assertEquals(1 + 20, lines.size());
    assertTrue(lines.stream().skip(1).allMatch(line -> line.contains("\"b,c\"")));
    assertTrue(run.out().contains("20 patches of the 20 of an epoch"), run.out());
    Runs.Run wrong =
        sample("--only", file("w.txt", "a\nff\n"), "--heatmap", folder.resolve("h.png"));
    assertEquals(1, wrong.code());
    assertTrue(wrong.err().contains("w.txt, line 2: no mask is named 'ff'"), wrong.err());
    assertTrue(wrong.err().contains("nearest name is 'f'"), wrong.err());
    Runs.Run bench =
        Runs.run(
            "bench",
            store,
            "--loader",
            "--patch",
            "8x8",
            "--seconds",
            0.05,
            "--warmup",
            0,
            "--batch",
            8,
            "--only",
            only,
            "--weights",
            weights,
            "--sampler",
            "at-least=1,attempts=2",
            "--json");
    assertEquals(0, bench.code(), bench.err());
    assertTrue(bench.out().contains("\"at-least=1,attempts=2\""), bench.out());
  }

  @Test
  void aSheetMarksWhereTheSamplerGaveUp() throws IOException {
    Path sheet = folder.resolve("s.png");
    Runs.Run run =
        sample("--sampler", "at-least=100%,attempts=1", "--size", "16x16", "-n", 4, "-o", sheet);
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out()
            .startsWith(sheet + ": 4 patches of the 4 of an epoch, seed 1, epoch 0; gave up at "));
    BufferedImage image = ImageIO.read(sheet.toFile());
    int alert = SheetPalette.rgb(SheetPalette.ALERT);
    boolean marked = false;
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      marked |= (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF) == alert;
    }
    assertTrue(marked);
  }

  @Test
  void aMapComesAloneToo() throws IOException {
    Path heat = folder.resolve("h.png");
    Runs.Run run = sample("--sampler", "area", "--size", "16x16", "--heatmap", heat);
    assertEquals(0, run.code(), run.err());
    assertEquals(heat + ": 20,000 patches, seed 1, epochs 0 to 4999\n", run.out());
    assertTrue(ImageIO.read(heat.toFile()).getWidth() > 3 * 250);
    Runs.Run grid = sample("--sampler", "grid=16", "--heatmap", heat, "--overwrite");
    assertTrue(grid.out().contains("patches, seed 1, epoch 0\n"), grid.out());
  }

  /** The map against plain loops over the middles of its cells. */
  @Test
  void aMapCountsWherePatchesBeginAndWhatTheyCover() throws IOException {
    try (MaskStore open = MaskStore.open(store)) {
      Sampler sampler = Sampling.of(open, 16, 24).smallMasks(SmallMasks.PAD).uniform();
      HeatMap map = HeatMap.draw(open, sampler, false, 3, 2, 200);
      var panel = map.panels().getFirst();
      int rows = panel.rows();
      int columns = panel.columns();
      double[] begins = new double[rows * columns];
      double[] covered = new double[rows * columns];
      Place at = new Place();
      for (int n = 0; n < 200; n++) {
        sampler.draw(3, 2 + n / 4, n % 4, at);
        int height = open.height(at.mask());
        int width = open.width(at.mask());
        begins[at.y() * rows / height * columns + at.x() * columns / width] += 1 / 200.0;
        for (int i = 0; i < covered.length; i++) {
          double y = (i / columns + 0.5) * height / rows;
          double x = (i % columns + 0.5) * width / columns;
          boolean in = at.y() <= y && y < at.y() + 16 && at.x() <= x && x < at.x() + 24;
          covered[i] += in ? 1 / 200.0 : 0;
        }
      }
      same(begins, map.begins());
      same(covered, map.coverage());
      assertEquals(1, DoubleStream.of(map.begins()).sum(), 1e-9);
      assertEquals(50, map.epochs());
      for (double share : map.foreground()) {
        assertTrue(share >= 0 && share <= 1.0001, String.format(Locale.ROOT, "%f", share));
      }
    }
  }

  private static void same(double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-9, "cell " + i);
    }
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    Path sheet = folder.resolve("s.png");
    Path list = folder.resolve("s.csv");
    List<List<Object>> bad =
        List.of(
            List.of(),
            List.of("--sampler", "uniform"),
            List.of("--sampler", "uniform", "--mask", "a", "-o", sheet),
            List.of("--sampler", "uniform", "--whole", "-o", sheet),
            List.of("--with-foreground", "-o", list),
            List.of("--epoch", 1, "--emptiest", 2, "-o", sheet),
            List.of("--turns", "all", "-o", sheet),
            List.of("--turns", "some", "-o", list),
            List.of("--sampler", "grid=4,at-least=5", "-o", sheet),
            List.of("--images", folder, "-o", list),
            List.of("--batch", 0, "-o", sheet),
            List.of("-n", 0, "-o", list),
            List.of("-o", folder.resolve("s.json")),
            List.of("--heatmap", folder.resolve("s.csv")));
    for (List<Object> options : bad) {
      Runs.Run run = sample(options.toArray());
      assertEquals(2, run.code(), options + run.err());
      assertEquals(1, run.err().lines().count(), run.err());
    }
    Runs.Run bench = Runs.run("bench", store, "--sampler", "uniform");
    assertEquals(2, bench.code());
    assertTrue(bench.err().contains("give --loader"), bench.err());
    assertTrue(Files.notExists(sheet) && Files.notExists(list));
  }
}
