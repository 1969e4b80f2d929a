package dev.maskmap.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import dev.maskmap.testing.Pixels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that name masks. */
class NamesFileTest {
  private static final List<String> NAMES =
      List.of("a/01", "a/02", "b 03", "B\u00e9b\u00e9-04", "#5", "a/01.png");

  @TempDir Path folder;

  private Path store() throws IOException {
    Path path = folder.resolve("s.masks");
    Pixels mask = Pixels.of(2, 2, new BitSet());
    try (MaskStoreWriter writer = MaskStoreWriter.create(path)) {
      for (String name : NAMES) {
        dev.maskmap.testing.Masks.add(writer, name, mask);
      }
      writer.commit();
    }
    return path;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("fold.txt"), text);
  }

  @Test
  void namesGiveIndicesInTheOrderOfTheFile() throws IOException {
    try (MaskStore store = MaskStore.open(store())) {
      assertArrayEquals(
          new long[] {3, 0, 2},
          NamesFile.read(file("\uFEFFB\u00e9b\u00e9-04\r\n# a comment\n\na/01\nb 03"), store));
      assertArrayEquals(new long[] {5}, NamesFile.read(file("a/01.png\n"), store));
    }
  }

  @Test
  void mistakesNameTheLine() throws IOException {
    try (MaskStore store = MaskStore.open(store())) {
      refused("fold.txt, line 2: no mask is named 'a/3' in ", "a/02\na/3\n", store);
      refused("the nearest name is 'a/01'", "a/1\n", store);
      refused("the nearest name is 'a/01.png'", "a/01.jpg\n", store);
      refused("fold.txt, line 4: 'a/02' stands on line 1 too", "a/02\n\n#\na/02\n", store);
      refused("no names", "# nothing\n\n", store);
      Files.write(
          folder.resolve("latin"), "a/01\nB\u00e9b\u00e9-04".getBytes(StandardCharsets.ISO_8859_1));
      said("latin, line 2: not UTF-8", () -> NamesFile.read(folder.resolve("latin"), store));
      said("nowhere", () -> NamesFile.read(folder.resolve("nowhere"), store));
      weightsRefused("line 1: 'a/01 2': expected a name, a tab and a weight", "a/01 2\n", store);
      weightsRefused("line 2: '-1' for 'a/02'", "a/01\t1\na/02\t-1\n", store);
      weightsRefused("'nan' for 'a/02'", "a/02\tnan\n", store);
      weightsRefused("'' for 'a/02'", "a/02\t\n", store);
      weightsRefused(
          "line 1: 'a/02': weight 1.0E-9: weights are counted in steps", "a/02\t1e-9\n", store);
      weightsRefused("expected 0 to 2^42", "a/02\t1e300\n", store);
    }
    Path bare = Files.write(folder.resolve("t.raw"), new byte[8]);
    try (MaskStore store = MaskStore.openRaw(bare, 0, 2, 8, 4)) {
      refused("is a bare array", "0\n", store);
    }
  }

  private void refused(String expected, String text, MaskStore store) throws IOException {
    Path file = file(text);
    said(expected, () -> NamesFile.read(file, store));
  }

  private void weightsRefused(String expected, String text, MaskStore store) throws IOException {
    Path file = file(text);
    said(expected, () -> Weights.read(file, store));
  }

  private static void said(String expected, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IOException.class, call).getMessage();
    assertTrue(message.contains(expected), message);
    assertEquals(1, message.lines().count());
  }

  /** A line that names a mask of several parts stands for each of them. */
  @Test
  void aNameThatSeveralMasksHaveStandsForAll() throws IOException {
    Path data = folder.resolve("d.data");
    Pixels mask = Pixels.of(2, 2, new BitSet());
    for (String suffix : List.of("x", "y")) {
      try (MaskStoreWriter writer = MaskStoreWriter.append(data)) {
        dev.maskmap.testing.Masks.add(writer, "same" + suffix, mask);
        dev.maskmap.testing.Masks.add(writer, "own" + suffix, mask);
        writer.commit();
      }
    }
    // As a program may that does not look at the other parts.
    try (var files = Files.walk(data)) {
      for (Path names : files.filter(f -> f.endsWith("names.txt")).toList()) {
        Files.writeString(names, Files.readString(names).replace("samey", "samex"));
      }
    }
    try (MaskStore store = MaskStore.open(data)) {
      assertArrayEquals(new long[] {3, 0, 2}, NamesFile.read(file("owny\nsamex\n"), store));
    }
  }

  @Property(tries = 500)
  void stepsAreThoseOfThePlainRecursion(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 6) String a,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 6) String b) {
    int expected = steps(a, b);
    assertEquals(expected, Nearest.steps(a, b, Integer.MAX_VALUE));
    for (int enough = 0; enough <= expected; enough++) {
      assertTrue(Nearest.steps(a, b, enough) >= enough);
    }
    assertEquals(expected, Nearest.steps(a, b, expected + 1));
  }

  private static int steps(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    String restA = a.substring(1);
    String restB = b.substring(1);
    int replaced = steps(restA, restB) + (a.charAt(0) == b.charAt(0) ? 0 : 1);
    return Math.min(replaced, 1 + Math.min(steps(restA, b), steps(a, restB)));
  }
}
