package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStoreWriter;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCommandTest {
  private static final List<String> NAMES = List.of("b", "a/x", "a/\u00e9 1");
  private static final List<Pixels> MASKS =
      List.of(Pixels.noise(37, 53, 1), Pixels.blobs(37, 53, 2), Pixels.noise(37, 53, 3));

  @TempDir Path folder;
  private Path store;
  private Path out;

  @BeforeEach
  void writeAStore() throws IOException {
    store = store("t.masks", NAMES);
    out = folder.resolve("out");
  }

  private Path store(String file, List<String> names) throws IOException {
    Path path = folder.resolve(file);
    Pixels first = MASKS.getFirst();
    try (MaskStoreWriter writer = MaskStoreWriter.create(path, first.height(), first.width())) {
      for (int i = 0; i < names.size(); i++) {
        Stores.add(writer, names.get(i), MASKS.get(i));
      }
      writer.commit();
    }
    return path;
  }

  private static String fails(int code, Object... arguments) {
    return CommandRun.refused(code, "", arguments).err();
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "pbm", "tiff", "npy", "npy-bool"})
  void aSlashInANameMakesAFolder(String format) throws IOException {
    String extension =
        switch (format) {
          case "tiff" -> "tif";
          case "npy-bool" -> "npy";
          default -> format;
        };
    CommandRun run = CommandRun.ok("export", store, "-o", out, "--format", format);
    assertTrue(run.out().contains("out: 3 masks as " + format), run.out());
    assertEquals(
        Stream.of("a/x.", "a/\u00e9 1.", "b.").map(name -> name + extension).sorted().toList(),
        files(out));
  }

  @Test
  void pngIsWhatComesOutUnlessAFormatIsGiven() throws IOException {
    CommandRun.ok("export", store, "-o", out, "--mask", "b", "--quiet");
    assertEquals(List.of("b.png"), files(out));
  }

  @Test
  void onlyTheMasksThatAreNamedComeOutEachOnce() throws IOException {
    CommandRun run = CommandRun.ok("export", store, "-o", out, "--mask", "a/x", "--mask", "1");
    assertTrue(run.out().contains(": 1 masks"), run.out());
    assertEquals(List.of("a/x.png"), files(out));
    assertTrue(
        fails(1, "export", store, "-o", folder.resolve("2"), "--mask", "c")
            .contains("no mask is named 'c'"));
    assertFalse(Files.exists(folder.resolve("2")));
  }

  @Test
  void theFilesDoNotDependOnTheThreads() throws IOException {
    for (String jobs : List.of("1", "7")) {
      CommandRun.ok("export", store, "--archive", folder.resolve(jobs + ".zip"), "--jobs", jobs);
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("1.zip")), Files.readAllBytes(folder.resolve("7.zip")));
  }

  @Test
  void aFolderThatHoldsFilesNeedsOverwriteAndKeepsItsOthers() throws IOException {
    Files.createDirectories(out.resolve("a"));
    Files.writeString(out.resolve("b.png"), "old");
    Files.writeString(out.resolve("a/other.txt"), "mine");
    assertTrue(fails(1, "export", store, "-o", out).contains("holds files already; --overwrite"));
    assertEquals("old", Files.readString(out.resolve("b.png")));
    CommandRun.ok("export", store, "-o", out, "--overwrite");
    assertEquals(List.of("a/other.txt", "a/x.png", "a/\u00e9 1.png", "b.png"), files(out));
    assertTrue(Files.size(out.resolve("b.png")) > 100);
    assertEquals("mine", Files.readString(out.resolve("a/other.txt")));
  }

  @Test
  void anEmptyFolderIsFilled() throws IOException {
    Files.createDirectory(out);
    CommandRun.ok("export", store, "-o", out);
    assertEquals(3, files(out).size());
  }

  @Test
  void nothingIsWrittenThroughALinkInTheFolder() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createDirectory(out);
    Files.createSymbolicLink(out.resolve("a"), outside);
    String message = fails(1, "export", store, "-o", out, "--overwrite");
    assertTrue(message.contains("a: a file or a link"), message);
    assertEquals(List.of(), files(outside));
    assertEquals(List.of("a"), Stores.names(out));
  }

  @Test
  void aFolderInTheWayOfAFileIsNamed() throws IOException {
    Files.createDirectories(out.resolve("b.png"));
    String message = fails(1, "export", store, "-o", out, "--overwrite");
    assertTrue(message.contains("b.png: a folder, and a file is to be written"), message);
    assertEquals(List.of("b.png"), Stores.names(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "/tmp/evil", "a/../../evil", ".hidden", "a//b"})
  void aHostileNameIsRefusedBeforeAnythingIsWritten(String name) throws IOException {
    Path hostile = store("h.masks", List.of("fine", name));
    for (Object place : List.of("-o", "--archive")) {
      if (place.equals("-o") || !name.equals(".hidden")) {
        String message = fails(1, "export", hostile, place, out);
        assertTrue(message.contains("mask 1 (" + name + "): its name cannot be"), message);
      }
    }
    assertEquals(List.of("h.masks", "t.masks"), Stores.names(folder));
    CommandRun.ok("export", hostile, "-o", out, "--names", "sequence");
    assertEquals(List.of("000000.png", "000001.png"), files(out));
  }

  @Test
  void masksThatClashAreBothNamedBeforeAnythingIsWritten() throws IOException {
    Path clash = store("c.masks", List.of("a", "a.png/b"));
    String message = fails(1, "export", clash, "-o", out);
    assertTrue(message.contains("'a' and 'a.png/b'"), message);
    assertFalse(Files.exists(out));
    CommandRun.ok("export", clash, "-o", out, "--format", "pbm");
  }

  @Test
  void aTargetThatCannotBeIsRefusedInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertTrue(fails(1, "export", store, "-o", file).contains("exists and is no folder"));
    assertTrue(fails(1, "export", store, "--archive", file).contains("--overwrite replaces it"));
    assertTrue(
        fails(1, "export", store, "-o", folder.resolve("no/out")).contains("there is no folder"));
    assertTrue(
        fails(1, "export", store, "-o", folder, "--format", "coco-rle").contains("a folder, and"));
    assertEquals(List.of("file", "t.masks"), Stores.names(folder));
  }

  @Test
  void badUsageIsSaid() {
    assertTrue(fails(2, "export", store).contains("-o=DIR | --archive=FILE"));
    assertTrue(fails(2, "export", store, "-o", out, "--format", "gif").contains("expected png,"));
    assertTrue(fails(2, "export", store, "-o", out, "--jobs", "0").contains("--jobs 0"));
    assertTrue(fails(2, "export", store, "-o", out, "--names", "x").contains("name or sequence"));
    assertTrue(
        fails(2, "export", store, "--archive", out, "--format", "png").contains("holds arrays"));
  }

  @Test
  void aStoreWhoseFileIsCutShortLeavesNothing() throws IOException {
    Stores.truncate(store.resolve("masks.npy"), 200);
    fails(1, "export", store, "-o", out);
    assertEquals(List.of("t.masks"), Stores.names(folder));
  }

  @Test
  void aBareArrayIsExportedByIndexAndItsPaddingIsNot() throws IOException {
    byte[] packed = new byte[2 * 2 * 3];
    Arrays.fill(packed, (byte) 0xFF);
    Path npy = Stores.npy(folder.resolve("bare.npy"), packed, 2, 2, 3);
    CommandRun.ok("export", npy, "--height", "9", "-o", out, "--format", "npy");
    assertEquals(List.of("000000.npy", "000001.npy"), files(out));
    byte[] file = Files.readAllBytes(out.resolve("000001.npy"));
    assertEquals(128 + 6, file.length);
    assertEquals((byte) 0xFF, file[128]);
    assertEquals((byte) 0x80, file[128 + 3]);
  }

  @Test
  @Tag("once")
  void aFullDiskIsOneLine() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "no /dev/full");
    String message = fails(1, "export", store, "--archive", full);
    assertTrue(message.contains("/dev/full: cannot be written: No space left"), message);
    fails(1, "export", store, "-o", full, "--format", "coco-rle");
  }

  /** Prints, for each file or member, its name and its pixels as digits. */
  private static final String READ =
      """
      import json, os, sys
      import numpy as np
      from PIL import Image
      kind, path, height = sys.argv[1], sys.argv[2], int(sys.argv[3])
      def show(name, a):
          print(name, "".join("1" if v else "0" for v in np.asarray(a).flat), sep="\\t")
      def unpacked(a):
          assert a.dtype == np.uint8
          return np.unpackbits(a, axis=-2)[..., :height, :]
      def rle(s):
          counts, p = [], 0
          while p < len(s):
              x, k, more = 0, 0, True
              while more:
                  c = ord(s[p]) - 48
                  x |= (c & 31) << 5 * k
                  more, p, k = c & 32, p + 1, k + 1
                  if not more and c & 16: x |= -1 << 5 * k
              if len(counts) > 2: x += counts[-2]
              counts.append(x)
          return counts
      if kind in ("zip", "zip-packed"):
          with np.load(path) as archive:
              for name in archive.files:
                  a = archive[name]
                  assert kind == "zip-packed" or a.dtype == bool
                  show(name, a if kind == "zip" else unpacked(a))
      elif kind in ("stack", "stack-packed"):
          for i, a in enumerate(np.load(path) if kind == "stack" else unpacked(np.load(path))):
              show(str(i), a)
      elif kind == "coco":
          with open(path, encoding="utf-8") as file: document = json.load(file)
          images = {image["id"]: image for image in document["images"]}
          assert [c["id"] for c in document["categories"]] == [1]
          for a in document["annotations"]:
              image, s = images[a["image_id"]], a["segmentation"]
              assert s["size"] == [image["height"], image["width"]] and a["iscrowd"] == 0
              flat = np.concatenate([np.full(n, i % 2) for i, n in enumerate(rle(s["counts"]))])
              m = flat.reshape(s["size"][::-1]).T
              ys, xs = np.nonzero(m)
              box = [xs.min(), ys.min(), np.ptp(xs) + 1, np.ptp(ys) + 1] if len(xs) else [0] * 4
              assert a["bbox"] == [int(v) for v in box] and a["area"] == m.sum(), a
              show(image["file_name"].rsplit(".", 1)[0], m)
      else:
          for folder, _, files in os.walk(path):
              for file in files:
                  full = os.path.join(folder, file)
                  name = os.path.relpath(full, path).rsplit(".", 1)[0]
                  if kind == "npy": show(name, unpacked(np.load(full)))
                  elif kind == "npy-bool": show(name, np.load(full))
                  else:
                      image = Image.open(full)
                      assert image.mode == "1", image.mode
                      show(name, image)
      """;

  private static String digits(Pixels mask) {
    StringBuilder out = new StringBuilder();
    for (byte pixel : mask.bytes()) {
      out.append(pixel);
    }
    return out.toString();
  }

  private void assertPythonReads(List<String> names, String kind, Path path) {
    String printed = Python.require("numpy", "PIL").run(READ, kind, path.toString(), "37");
    List<String> expected =
        Stream.iterate(0, i -> i + 1)
            .limit(3)
            .map(i -> names.get(i) + "\t" + digits(MASKS.get(i)))
            .sorted()
            .toList();
    assertEquals(expected, printed.lines().sorted().toList(), kind);
  }

  @Test
  @Tag("once")
  void pillowAndNumpyReadTheSamePixelsFromEveryFolder() {
    for (String format : List.of("png", "pbm", "tiff", "npy", "npy-bool")) {
      Path to = folder.resolve(format);
      CommandRun.ok("export", store, "-o", to, "--format", format);
      assertPythonReads(NAMES, format, to);
    }
  }

  @Test
  @Tag("once")
  void numpyReadsTheSamePixelsFromArchivesAndStacks() {
    Path file = folder.resolve("x.npy");
    CommandRun.ok("export", store, "--archive", out);
    assertPythonReads(NAMES, "zip", out);
    CommandRun.ok("export", store, "--archive", out, "--format", "npy", "--overwrite");
    assertPythonReads(NAMES, "zip-packed", out);
    CommandRun.ok("export", store, "-o", file, "--format", "npy-bool");
    assertPythonReads(List.of("0", "1", "2"), "stack", file);
    CommandRun.ok("export", store, "-o", file, "--format", "npy", "--overwrite");
    assertPythonReads(List.of("0", "1", "2"), "stack-packed", file);
  }

  @Test
  @Tag("once")
  void anIndependentDecoderReadsTheSamePixelsFromCoco() {
    Path json = folder.resolve("x.json");
    CommandRun.ok("export", store, "-o", json, "--format", "coco-rle");
    assertPythonReads(NAMES, "coco", json);
  }
}
