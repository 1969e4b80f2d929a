package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import dev.maskmap.convert.image.BitPng;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.testing.Masks;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoTest {
  private static final List<Pixels> RAGGED =
      List.of(
          Pixels.noise(10, 20, 1),
          Pixels.of(3, 5, new BitSet()),
          Pixels.noise(20, 10, 2),
          Pixels.blobs(100, 37, 3));

  @TempDir Path folder;

  private static StoreFacts facts(Path store) throws IOException {
    try (MaskStore open = MaskStore.open(store)) {
      return StoreFacts.of(open, "scalar");
    }
  }

  @Test
  void sizesThatDifferAreSummedUp() throws IOException {
    Path store = Masks.write(folder.resolve("t.masks"), RAGGED);
    MaskSizes sizes = facts(store).sizes();
    assertEquals(
        new MaskSizes(
            4, 4, 4, new Size(3, 5), new Size(10, 20), new Size(100, 37), 200 + 15 + 200 + 3700),
        sizes);
    assertFalse(sizes.isUniform());
    assertEquals(
        "4 of 4 sizes, 3 x 5 to 100 x 37, median 10 x 20 pixels (height x width)",
        facts(store).text().get("masks"));
    assertFalse(facts(store).json().containsKey("height"));
  }

  @Test
  void oneSizeIsGivenAsSuch() throws IOException {
    List<Pixels> masks = List.of(Pixels.noise(9, 8, 1), Pixels.noise(9, 8, 2));
    StoreFacts facts = facts(Stores.write(folder.resolve("t.masks"), masks));
    assertEquals("2 of 9 x 8 pixels (height x width)", facts.text().get("masks"));
    assertEquals(9, facts.json().get("height"));
    assertEquals(144, facts.sizes().pixels());
  }

  @Test
  void sharesAreOfEachMasksOwnSize() throws IOException {
    ForegroundShares shares = facts(Masks.write(folder.resolve("t.masks"), RAGGED)).foreground();
    double[] expected =
        RAGGED.stream()
            .mapToDouble(mask -> (double) mask.count() / (mask.height() * mask.width()))
            .sorted()
            .toArray();
    assertEquals(
        new ForegroundShares(4, 0, (expected[1] + expected[2]) / 2, expected[3], 1), shares);
  }

  @Test
  void aFewMasksAsPngAreWhatTheyAre() throws IOException {
    long expected = 0;
    for (Pixels mask : RAGGED) {
      expected +=
          BitPng.encode(new PackedMask(mask.height(), mask.width(), mask.packed()), 6).length;
    }
    PngEstimate png = facts(Masks.write(folder.resolve("t.masks"), RAGGED)).png();
    assertEquals(new PngEstimate(expected, 4, true), png);
  }

  @Test
  void manyMasksAsPngAreEstimatedFromSome() throws IOException {
    List<Pixels> masks = IntStream.range(0, 100).mapToObj(i -> Pixels.noise(64, 64, i)).toList();
    PngEstimate png = facts(Stores.write(folder.resolve("t.masks"), masks)).png();
    assertEquals(32, png.masks());
    assertFalse(png.exact());
    long one = BitPng.encode(new PackedMask(64, 64, masks.getFirst().packed()), 6).length;
    assertEquals(100.0 * one, png.bytes(), one);
  }

  @Test
  void ofALargeMaskAPartIsEncoded() throws IOException {
    byte[] packed = new byte[1000 * 8000];
    new Random(1).nextBytes(packed);
    Path file = Files.write(folder.resolve("large.raw"), packed);
    try (MaskStore store = MaskStore.openRaw(file, 0, 1, 8000, 8000)) {
      PngEstimate png = PngEstimate.of(store, MaskSizes.of(store));
      assertFalse(png.exact());
      assertEquals(8_000_000, png.bytes(), 80_000, "noise does not deflate");
    }
  }

  @Test
  void aDataSetIsItsParts() throws IOException {
    Path set = folder.resolve("set");
    for (int i = 0; i < 3; i++) {
      try (MaskStoreWriter writer = MaskStoreWriter.append(set)) {
        Masks.add(writer, "m" + i, RAGGED.get(i));
        writer.commit();
      }
    }
    StoreFacts facts = facts(set);
    assertEquals("3 stores", facts.text().get("parts"));
    assertEquals(3, facts.json().get("parts"));
    assertEquals(3, facts.sizes().of());
    try (var files = Files.walk(set)) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertEquals(bytes, facts.bytes());
    }
  }

  @Test
  void theListHasALineForEachMask() throws IOException {
    Path store = Masks.write(folder.resolve("t.masks"), RAGGED);
    Runs.Run run = Runs.run("info", store, "--list");
    assertEquals(0, run.code(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(5, lines.size());
    assertEquals("index\tname\theight\twidth\tforeground\tshare", lines.get(0));
    assertEquals("1\tm1\t3\t5\t0\t0.000000", lines.get(2));
    long foreground = RAGGED.get(3).count();
    assertEquals(
        "3\tm3\t100\t37\t%d\t%.6f".formatted(foreground, foreground / 3700.0), lines.get(4));
  }

  @Test
  void theListIsATableAlone() {
    assertEquals(2, Runs.run("info", folder, "--list", "--json").code());
    assertEquals(2, Runs.run("info", "--list").code());
  }

  @Test
  void everyMemberForScriptsIsDocumented() throws IOException {
    Path store = Masks.write(folder.resolve("t.masks"), RAGGED);
    String page = Files.readString(Path.of("docs", "look.md"));
    for (String key : facts(store).json().keySet()) {
      assertTrue(page.contains("`" + key + "`"), key);
    }
  }

  @Property
  void masksLookedAtAreSpreadOverAll(
      @ForAll @LongRange(min = 1) long size, @ForAll @IntRange(min = 1, max = 1000) int most) {
    int count = EvenSpread.count(size, most);
    assertEquals(0, EvenSpread.index(size, count, 0));
    for (int i = 1; i < count; i++) {
      long step = EvenSpread.index(size, count, i) - EvenSpread.index(size, count, i - 1);
      assertTrue(step == size / count || step == size / count + 1, "step " + step);
    }
    assertTrue(EvenSpread.index(size, count, count - 1) < size);
  }
}
