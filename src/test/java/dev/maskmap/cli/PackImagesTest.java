package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.image.ImageStore;
import dev.maskmap.testing.Python;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pack-images} writes is what Pillow and NumPy read, and it says what it left out. */
class PackImagesTest {
  @TempDir Path folder;

  private static byte[] read(ImageStore store, long image) {
    int height = store.height(image);
    int width = store.width(image);
    byte[] bytes = new byte[height * width * store.pixelBytes()];
    store.read(image, 0, 0, height, width, MemorySegment.ofArray(bytes), 0);
    return bytes;
  }

  private static final String PILLOW =
      """
      import os, sys
      import numpy as np
      from PIL import Image
      folder, rng = sys.argv[1], np.random.default_rng(2)
      def noise(*shape, high=256, dtype=np.uint8): return rng.integers(0, high, shape, dtype)
      def save(kind, image, name, expected=None, **options):
          os.makedirs(f"{folder}/{kind}", exist_ok=True)
          image.save(f"{folder}/{kind}/{name}", **options)
          read = np.array(Image.open(f"{folder}/{kind}/{name}")) if expected is None else expected
          open(f"{folder}/{kind}.{os.path.splitext(name)[0]}.bin", "wb").write(np.ascontiguousarray(read).tobytes())
      rgb, rgba, gray = Image.fromarray(noise(13, 21, 3)), Image.fromarray(noise(9, 8, 4)), Image.fromarray(noise(7, 30))
      smooth = Image.fromarray(np.add.outer(np.arange(40), np.arange(60)).astype(np.uint8))
      color = Image.merge("RGB", (smooth, smooth.transpose(0), smooth.transpose(1)))
      save("rgb", rgb, "png.png"); save("rgb", rgb, "bmp.bmp"); save("rgb", rgb, "ppm.ppm")
      save("rgb", rgb, "tif.tif"); save("rgb", rgb, "lzw.tif", compression="tiff_lzw")
      save("rgb", color, "jpg.jpg"); save("rgb", rgb, "webp.webp", lossless=True)
      palette = rgb.quantize(16)
      for name in "pal4.png", "pal.gif", "pal.tif", "pal.bmp":
          save("rgb", palette, name.replace("pal.", "pal" + name[4:] + "."), np.array(palette.convert("RGB")))
      save("rgba", rgba, "png.png"); save("rgba", rgba, "tif.tif")
      save("gray", gray, "png.png"); save("gray", gray, "pgm.pgm"); save("gray", gray, "tif.tif"); save("gray", smooth, "jpg.jpg")
      bits = Image.fromarray(noise(11, 19, high=2) * 255).convert("1")
      for name in "bit.png", "bittif.tif", "bit1.pbm":
          save("gray", bits, name, np.array(bits.convert("L")))
      la = Image.merge("LA", (gray, gray.transpose(0)))
      save("la", la, "png.png")
      deep = noise(12, 17, high=65536, dtype=np.uint16)
      save("deep", Image.fromarray(deep), "png.png", deep); save("deep", Image.fromarray(deep), "tif.tif", deep)
      floats = rng.normal(size=(6, 7)).astype(np.float32)
      save("floats", Image.fromarray(floats), "tif.tif", floats)
      np.save(f"{folder}/floats/npy.npy", floats.astype(">f4"))
      floats.tofile(f"{folder}/floats.npy.bin")
      """;

  @Test
  void imagesOfEveryKindAreWhatPillowReads() throws IOException {
    Python.require("numpy", "PIL").run(PILLOW, folder.toString());
    int images = 0;
    for (String kind : List.of("rgb", "rgba", "gray", "la", "deep", "floats")) {
      Path store = folder.resolve(kind + ".images");
      CommandRun.ok("pack-images", folder.resolve(kind), "-o", store);
      try (ImageStore open = ImageStore.open(store)) {
        for (long i = 0; i < open.size(); i++, images++) {
          byte[] expected = Files.readAllBytes(folder.resolve(kind + "." + open.name(i) + ".bin"));
          assertArrayEquals(expected, read(open, i), kind + " " + open.name(i));
        }
      }
      assertTrue(CommandRun.ok("verify", store).out().contains("sound: "));
    }
    assertTrue(images >= 24, images + " images");
  }

  @Test
  void asMakesGrayOrColoursOfThemAsPillowDoes() throws IOException {
    String script =
        """
        import sys
        import numpy as np
        from PIL import Image
        folder, rng = sys.argv[1], np.random.default_rng(3)
        import os; os.makedirs(f"{folder}/in")
        for i, mode in enumerate(["L", "LA", "RGB", "RGBA"]):
            bands = [Image.fromarray(rng.integers(0, 256, (9, 8), np.uint8)) for _ in mode]
            image = Image.merge(mode, bands) if len(bands) > 1 else bands[0]
            image.save(f"{folder}/in/{mode}.png")
            for kind, name in ("L", "gray"), ("RGB", "rgb"), ("RGBA", "rgba"):
                # Pillow weighs in the alpha of LA only on the way to RGBA.
                open(f"{folder}/{name}.{mode}.bin", "wb").write(image.convert(kind).tobytes())
        """;
    Python.require("numpy", "PIL").run(script, folder.toString());
    for (String kind : List.of("gray", "rgb", "rgba")) {
      Path store = folder.resolve(kind + ".images");
      CommandRun.ok("pack-images", folder.resolve("in"), "-o", store, "--as", kind);
      try (ImageStore open = ImageStore.open(store)) {
        assertEquals(4, open.size());
        for (long i = 0; i < 4; i++) {
          byte[] expected = Files.readAllBytes(folder.resolve(kind + "." + open.name(i) + ".bin"));
          assertArrayEquals(expected, read(open, i), kind + " of " + open.name(i));
        }
      }
    }
    CommandRun.refused(
        1,
        "all images of a store have the same: --as rgb",
        "pack-images",
        folder.resolve("in"),
        "-o",
        folder.resolve("x.images"));
  }

  private Path image(String name, int height, int width) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(0, 0, 0x010203);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private Path masks(String... names) throws IOException {
    Path in = folder.resolve("masks");
    for (String name : names) {
      PackFolder.gray(in.resolve(name + ".png"), 4, 5, (y, x) -> 1);
    }
    Path store = folder.resolve("m.masks");
    CommandRun.ok("pack", in, "-o", store);
    return store;
  }

  private static List<String> names(Path store) throws IOException {
    List<String> names = new ArrayList<>();
    try (ImageStore open = ImageStore.open(store)) {
      for (long i = 0; i < open.size(); i++) {
        names.add(open.name(i));
      }
    }
    return names;
  }

  @Test
  void matchTakesTheImagesOfTheMasksInTheirOrderAndUnderTheirNames() throws IOException {
    Path masks = masks("a/z_mask", "b_mask", "c_mask");
    image("in/c_image.png", 4, 5);
    image("in/deep/z_image.png", 4, 5);
    image("in/b_image.png", 4, 5);
    image("in/other.png", 9, 9);
    Path store = folder.resolve("m.images");
    CommandRun run =
        CommandRun.ok(
            "pack-images",
            folder.resolve("in"),
            "-o",
            store,
            "--match",
            masks,
            "--rename",
            "_mask=_image");
    assertEquals(List.of("a/z_mask", "b_mask", "c_mask"), names(store));
    assertTrue(run.err().contains("1 image is of no mask and not packed, such as"), run.err());
    assertTrue(run.err().contains("other.png"), run.err());
    assertTrue(run.out().contains("3 images of 4 x 5 pixels"), run.out());
    assertTrue(run.out().contains("3 channels of uint8"), run.out());
  }

  @Test
  void masksWithoutAnImageAreNamedOrLeftOut() throws IOException {
    Path masks = masks("a", "b", "c", "d");
    image("in/b.png", 4, 5);
    image("in/d.png", 4, 6);
    Path store = folder.resolve("m.images");
    CommandRun.refused(
        1,
        "2 of the 4 masks of "
            + masks
            + " have no image in "
            + folder.resolve("in")
            + ", such as a, c",
        "pack-images",
        folder.resolve("in"),
        "-o",
        store,
        "--match",
        masks);
    image("in/a.png", 4, 5);
    image("in/c.png", 4, 5);
    CommandRun.refused(
        1,
        "d.png: 4 x 6 pixels (height x width), and its mask 'd' of " + masks + " has 4 x 5",
        "pack-images",
        folder.resolve("in"),
        "-o",
        store,
        "--match",
        masks);
    assertFalse(Files.exists(store));
    Files.delete(folder.resolve("in/a.png"));
    CommandRun run =
        CommandRun.of(
            "pack-images", folder.resolve("in"), "-o", store, "--match", masks, "--keep-going");
    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().contains("left out: " + folder.resolve("in/d.png")), run.err());
    assertTrue(run.err().contains("left out: mask 'a', which has no image"), run.err());
    assertTrue(run.err().contains("1 of the masks of"), run.err());
    assertEquals(List.of("b", "c"), names(store));
  }

  @Test
  void allThatGoesWithoutTheOtherIsListedInAFile() throws IOException {
    Path masks = masks("a", "b", "c c", "d", "e", "f");
    image("in/b.png", 4, 5);
    Path other = image("in/other.png", 4, 5);
    Path last = image("in/z.png", 4, 5);
    Path store = folder.resolve("m.images");
    Path list = folder.resolve("list.tsv");
    Object[] command = {
      "pack-images", folder.resolve("in"), "-o", store, "--match", masks, "--unmatched", list
    };
    CommandRun.refused(1, "5 of the 6 masks of", command);
    String all =
        "kind\tname\nmask\ta\nmask\tc c\nmask\td\nmask\te\nmask\tf\nimage\t%s\nimage\t%s\n"
            .formatted(other, last);
    assertEquals(all, Files.readString(list));
    CommandRun.refused(1, list + ": exists already; --overwrite replaces it", command);
    Files.writeString(list, "old");
    Object[] again = Arrays.copyOf(command, command.length + 2);
    again[command.length] = "--overwrite";
    again[command.length + 1] = "--keep-going";
    CommandRun run = CommandRun.of(again);
    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().contains("left out: mask 'f', which has no image"), run.err());
    assertEquals(all, Files.readString(list));
    assertEquals(List.of("b"), names(store));
    CommandRun.refused(
        2, "--unmatched needs --match", "pack-images", other, "-o", store, "--unmatched", list);
  }

  @Test
  void oneMaskHasOneImage() throws IOException {
    Path masks = masks("a");
    image("in/x/a.png", 4, 5);
    image("in/y/a.png", 4, 5);
    CommandRun.refused(
        1,
        "mask 'a' has 2 images",
        "pack-images",
        folder.resolve("in"),
        "-o",
        folder.resolve("m.images"),
        "--match",
        masks);
  }

  @Test
  void aStoreOfImagesIsDescribedListedAndNotTakenForMasks() throws IOException {
    image("in/a.png", 4, 5);
    image("in/b.png", 40, 50);
    Path store = folder.resolve("m.images");
    CommandRun.ok("pack-images", folder.resolve("in"), "-o", store);
    String text = CommandRun.ok("info", store).out();
    assertTrue(text.contains("images        2 of 2 sizes, 4 x 5 to 40 x 50 pixels"), text);
    assertTrue(text.contains("pixels        3 channels of uint8"), text);
    String json = CommandRun.ok("info", store, "--json").out();
    assertTrue(json.contains("\"type\": \"uint8\", \"channels\": 3"), json);
    String list = CommandRun.ok("info", store, "--list").out();
    assertEquals("index\tname\theight\twidth\n0\ta\t4\t5\n1\tb\t40\t50\n", list);
    CommandRun.refused(1, "a store of images", "show", store);
    byte[] pixels = Files.readAllBytes(store.resolve("pixels.npy"));
    pixels[pixels.length - 1] ^= 1;
    Files.write(store.resolve("pixels.npy"), pixels);
    CommandRun run = CommandRun.of("verify", store);
    assertEquals(1, run.code());
    assertTrue(run.out().contains("image 1 is damaged"), run.out());
  }

  @Test
  void aFolderThatHoldsAStoreOfImagesIsPackedWithoutIt() throws IOException {
    PackFolder.gray(folder.resolve("in/m.png"), 4, 5, (y, x) -> 1);
    CommandRun.ok(
        "pack-images", image("a.png", 4, 5), "-o", folder.resolve("in").resolve("s.images"));
    assertTrue(
        CommandRun.ok("pack", folder.resolve("in"), "-o", folder.resolve("m.masks"))
            .out()
            .contains("1 mask of 4 x 5"));
  }

  @Test
  void wrongUsageIsRefused() throws IOException {
    Path one = image("a.png", 4, 5);
    Path store = folder.resolve("m.images");
    CommandRun.refused(2, "expected gray, rgb", "pack-images", one, "-o", store, "--as", "x");
    CommandRun.refused(
        2, "--rename needs --match", "pack-images", one, "-o", store, "--rename", "a=b");
    CommandRun.ok("pack-images", one, "-o", store);
    CommandRun.refused(1, "exists already", "pack-images", one, "-o", store);
    CommandRun.ok("pack-images", one, "-o", store, "--overwrite");
    CommandRun.refused(1, "no store of images", "pack-images", one, "-o", one, "--overwrite");
    Path broken = Files.write(folder.resolve("b.png"), new byte[50]);
    CommandRun.refused(1, "b.png", "pack-images", one, broken, "-o", folder.resolve("n.images"));
    CommandRun run =
        CommandRun.of("pack-images", broken, one, "-o", folder.resolve("n.images"), "--keep-going");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("left out: " + broken), run.err());
  }

  @Test
  void anInterruptLeavesNothing() throws Exception {
    Path one = image("in/0.png", 300, 300);
    for (int i = 1; i < 500; i++) {
      Files.copy(one, folder.resolve("in/" + i + ".png"));
    }
    AtomicReference<CommandRun> run = new AtomicReference<>();
    Thread thread =
        new Thread(
            () ->
                run.set(
                    CommandRun.of(
                        "pack-images", folder.resolve("in"), "-o", folder.resolve("m.images"))));
    thread.start();
    while (arrays() == 0 && thread.isAlive()) {
      Thread.sleep(1);
    }
    thread.interrupt();
    thread.join(20_000);
    assertEquals(1, run.get().code(), run.get().toString());
    assertTrue(run.get().err().contains("interrupted"), run.get().err());
    assertEquals(List.of("in"), PackFolder.left(folder));
  }

  private long arrays() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("pixels.npy")).count();
    } catch (UncheckedIOException e) {
      return 0; // Something was removed meanwhile.
    }
  }

  @Test
  void theStoreDoesNotDependOnTheThreads() throws IOException {
    for (int i = 0; i < 20; i++) {
      image("in/" + i + ".png", 4 + i, 30 - i);
    }
    Path one = folder.resolve("1.images");
    Path many = folder.resolve("4.images");
    CommandRun.ok("pack-images", folder.resolve("in"), "-o", one, "--jobs", 1);
    CommandRun.ok("pack-images", folder.resolve("in"), "-o", many, "--jobs", 4);
    assertEquals(
        Files.readString(one.resolve("maskmap-images.json")),
        Files.readString(many.resolve("maskmap-images.json")));
    assertEquals(-1, Files.mismatch(one.resolve("pixels.npy"), many.resolve("pixels.npy")));
  }
}
