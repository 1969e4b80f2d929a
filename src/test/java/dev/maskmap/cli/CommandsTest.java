package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private static final int HEIGHT = 37;
  private static final int WIDTH = 53;

  @TempDir Path folder;
  private final byte[][] masks = new byte[3][HEIGHT * WIDTH];
  private Path pictures;
  private Path store;

  private record Run(int code, String out, String err) {}

  private static Run run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Run(code, out.toString(), err.toString());
  }

  @BeforeEach
  void packThreeMasks() throws IOException {
    pictures = Files.createDirectory(folder.resolve("pictures"));
    store = folder.resolve("t.masks");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < masks.length; i++) {
      for (int p = 0; p < masks[i].length; p++) {
        masks[i][p] = (byte) random.nextInt(2);
      }
      BufferedImage image = PictureFiles.ofMask(masks[i], HEIGHT, WIDTH);
      PictureFiles.writePng(pictures.resolve("m" + i + ".png"), image, false);
    }
    Run packed = run("pack", pictures, "-o", store);
    assertEquals(0, packed.code, packed.err);
    assertTrue(packed.out.contains("3 masks of 37 x 53"), packed.out);
    assertTrue(packed.out.contains("gray 1"), packed.out);
  }

  @Test
  void aCropEqualsTheNaiveLoop() throws IOException {
    Path npy = folder.resolve("p.npy");
    Path png = folder.resolve("p.png");
    for (Path file : List.of(npy, png)) {
      Run crop = run("crop", store, "--mask", "m1", "--at", "5,7", "--size", "11x13", "-o", file);
      assertEquals(0, crop.code, crop.err);
    }
    byte[] bytes = Files.readAllBytes(npy);
    byte[] expected = new byte[11 * 13];
    BufferedImage image = ImageIO.read(png.toFile());
    for (int y = 0; y < 11; y++) {
      for (int x = 0; x < 13; x++) {
        expected[y * 13 + x] = masks[1][(5 + y) * WIDTH + 7 + x];
        assertEquals(expected[y * 13 + x], image.getRaster().getSample(x, y, 0));
      }
    }
    assertArrayEquals(expected, Arrays.copyOfRange(bytes, 128, bytes.length));
  }

  @Test
  void everyPixelTypeMakesAnArrayOfItsSize() throws IOException {
    for (String type : List.of("uint8_255", "float16", "bfloat16", "FLOAT32", "int64", "packed")) {
      Path file = folder.resolve(type + ".npy");
      Run crop =
          run(
              "crop", store, "--mask", 2, "--at", "0,0", "--size", "9x5", "-o", file, "--pixel",
              type);
      assertEquals(0, crop.code, crop.err);
      var pixel = new PixelTypes.Converter().convert(type);
      assertEquals(128 + pixel.patchBytes(9, 5), Files.size(file), type);
    }
  }

  @Test
  void benchOfALoaderSaysHowLongTheConsumerWaited() {
    Object[] loader = {
      "bench", store, "--loader", "--patch", "16x16", "--seconds", 0.05, "--warmup", 0, "--batch", 8
    };
    for (String sampler : List.of("uniform", "area", "foreground=0.5", "foreground-of-all=1")) {
      List<Object> args = new ArrayList<>(List.of(loader));
      args.addAll(List.of("--workers", 2, "--sampler", sampler, "--json"));
      Run bench = run(args.toArray());
      assertEquals(0, bench.code, bench.err);
      for (String key : List.of("patches_per_second", "bytes_per_second", "consumer_waited")) {
        assertTrue(bench.out.contains('"' + key + "\": "), bench.out);
      }
      assertTrue(bench.out.contains("\"workers\": 2"), bench.out);
    }
    Run text = run(loader);
    assertTrue(text.out.contains("the consumer waited "), text.out);
    List<Object> args = new ArrayList<>(List.of(loader));
    args.addAll(List.of("--every", 0.01));
    Run soak = run(args.toArray());
    assertTrue(soak.out.lines().filter(l -> l.contains(" s  ")).count() >= 1, soak.out);
    assertTrue(soak.out.contains("MB, heap "), soak.out);
    args.add("--json");
    assertTrue(run(args.toArray()).out.contains("\"every\": [{\"seconds\": "), "in JSON too");
    refused(2, "--every", "bench", store, "--loader", "--every", -1);
    refused(2, "--loader", "bench", store, "--loader", "--threads", 2);
    refused(2, "--batch", "bench", store, "--loader", "--batch", 0);
    refused(2, "--workers", "bench", store, "--loader", "--workers", 0);
    refused(2, "expected uniform", "bench", store, "--loader", "--sampler", "foreground=2");
    refused(2, "expected uniform", "bench", store, "--loader", "--sampler", "uniform=1");
    refused(
        1,
        "not one patch",
        "bench",
        store,
        "--loader",
        "--patch",
        "9x9",
        "--sampler",
        "foreground=0.001");
  }

  @Test
  void benchPrintsTheMembersThatScriptsRead() {
    Run bench = run("bench", store, "--patch", "64x32", "--seconds", 0.05, "--warmup", 0, "--json");
    assertEquals(0, bench.code, bench.err);
    assertTrue(bench.err.contains("reading 37x32"), bench.err);
    for (String key :
        List.of(
            "store",
            "layout",
            "masks",
            "height",
            "width",
            "patch",
            "pixel",
            "threads",
            "kernel",
            "patches_per_second",
            "ns_per_patch_median")) {
      assertTrue(bench.out.contains('"' + key + "\": "), key);
    }
  }

  @Test
  void infoCountsForeground() {
    Run info = run("info", store, "--json");
    assertEquals(0, info.code, info.err);
    assertTrue(info.out.contains("\"masks\": 3, \"height\": 37, \"width\": 53"), info.out);
    assertTrue(info.out.contains("\"empty\": 0"), info.out);
  }

  @Test
  void aStoreIsSoundUntilAByteOfItChanges() throws IOException {
    assertTrue(run("verify", store).out.contains("sound: 3 masks"));
    Path array = store.resolve("masks.npy");
    byte[] bytes = Files.readAllBytes(array);
    bytes[200] ^= 1;
    Files.write(array, bytes);
    Run verify = run("verify", store);
    assertEquals(1, verify.code, verify.out);
  }

  @Test
  void failuresAreOneLineAndLeaveNothing() throws IOException {
    refused(1, "exists already", "pack", pictures, "-o", store);
    refused(
        1,
        "leaves mask",
        "crop",
        store,
        "--mask",
        0,
        "--at",
        "30,0",
        "--size",
        "8x8",
        "-o",
        "p.png");
    refused(1, "no such", "info", folder.resolve("none"));
    refused(2, "maskmap crop --help", "crop", store);
    refused(2, "--values", "pack", pictures, "-o", folder.resolve("u"), "--values", "one");
    refused(2, "--threads", "bench", store, "--threads", 0);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
  }

  private static void refused(int code, String word, Object... arguments) {
    Run run = run(arguments);
    assertEquals(code, run.code, run.err);
    assertTrue(run.err.startsWith("maskmap: ") && run.err.contains(word), run.err);
    assertEquals(1, run.err.lines().count(), run.err);
  }

  @Test
  void debugAddsTheStackTrace() {
    assertTrue(run("info", folder.resolve("none"), "--debug").err.contains("\tat "));
    assertFalse(run("info", folder.resolve("none")).err.contains("\tat "));
  }
}
