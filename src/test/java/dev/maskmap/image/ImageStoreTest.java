package dev.maskmap.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.internal.npy.NpyHeader;
import dev.maskmap.testing.Python;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images of NumPy's files and of our folders come back as they were put in. */
class ImageStoreTest {
  private static final int[][] SIZES = {{5, 7}, {1, 1}, {30, 2}, {3, 90}};

  @TempDir Path folder;

  private static byte[] read(ImageStore store, long image, int y, int x, int h, int w) {
    byte[] bytes = new byte[h * w * store.pixelBytes()];
    store.read(image, y, x, h, w, MemorySegment.ofArray(bytes), 0);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void imagesOfAnySizeComeBack(ImageType type) throws IOException {
    Path path = TestArrays.store(folder.resolve("a.images"), type, 3, SIZES);
    try (ImageStore store = ImageStore.open(path)) {
      assertEquals(SIZES.length, store.size());
      assertEquals(3, store.channels());
      assertEquals(type, store.type());
      assertTrue(store.hasNames());
      assertFalse(store.isUniform());
      for (int i = 0; i < SIZES.length; i++) {
        assertEquals(SIZES[i][0], store.height(i));
        assertEquals(SIZES[i][1], store.width(i));
        assertEquals(Character.toString('a' + i), store.name(i));
        assertEquals(i, store.indexOf(store.name(i)));
        byte[] all = read(store, i, 0, 0, SIZES[i][0], SIZES[i][1]);
        assertArrayEquals(TestArrays.pixels(SIZES[i], 3 * type.bytes(), i), all);
      }
      assertEquals(-1, store.indexOf("z"));
    }
    assertEquals(List.of(), ImageVerification.of(path, i -> {}).problems());
  }

  @Test
  void rowsThatLieApartAreWrittenAlone() throws IOException {
    Path path = TestArrays.store(folder.resolve("a.images"), ImageType.UINT8, 2, SIZES);
    byte[] pixels = TestArrays.pixels(SIZES[0], 2, 0);
    try (ImageStore store = ImageStore.open(path);
        Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(40).fill((byte) 9);
      store.read(0, 2, 3, 3, 4, to, 1, 11);
      for (int r = 0; r < 3; r++) {
        int from = ((2 + r) * 7 + 3) * 2;
        byte[] row = to.asSlice(1 + r * 11L, 8).toArray(JAVA_BYTE);
        assertArrayEquals(Arrays.copyOfRange(pixels, from, from + 8), row);
        assertEquals(9, to.get(JAVA_BYTE, 9 + r * 11L));
      }
      assertThrows(IndexOutOfBoundsException.class, () -> store.read(0, 2, 3, 3, 4, to, 12, 11));
      assertThrows(IllegalArgumentException.class, () -> store.read(0, 2, 3, 3, 4, to, 0, 7));
      assertThrows(
          IllegalArgumentException.class, () -> store.read(0, 2, 3, 3, 4, to.asReadOnly(), 0, 11));
    }
  }

  @Test
  void numpyReadsAFolder() throws IOException {
    TestArrays.store(folder.resolve("a.images"), ImageType.UINT16, 3, SIZES);
    for (int i = 0; i < SIZES.length; i++) {
      Files.write(folder.resolve(i + ".bin"), TestArrays.pixels(SIZES[i], 6, i));
    }
    String script =
        """
        import hashlib, json, os, sys, zlib
        import numpy as np
        folder = sys.argv[1] + "/a.images"
        def load(name): return np.load(f"{folder}/{name}.npy", mmap_mode="r")
        text = open(f"{folder}/maskmap-images.json", "rb").read()
        manifest = json.loads(text)
        assert manifest["crc32"] == zlib.crc32(text[: text.rindex(b'"crc32"')])
        assert (manifest["images"], manifest["type"], manifest["channels"]) == (4, "<u2", 3)
        digest = hashlib.sha256(b"maskmap images 1 4 <u2 3\\n")
        for name in "shapes.npy", "offsets.npy", "crc32.npy", "names.txt", "name_offsets.npy":
            digest.update(open(f"{folder}/{name}", "rb").read())
        assert manifest["id"] == digest.hexdigest()[:32]
        for name, file in manifest["files"].items():
            assert os.path.getsize(f"{folder}/{name}") == file["bytes"], name
            if name != "pixels.npy":
                assert zlib.crc32(open(f"{folder}/{name}", "rb").read()) == file["crc32"], name
        pixels, shapes, offsets, crcs = load("pixels"), load("shapes"), load("offsets"), load("crc32")
        assert pixels.dtype == np.uint16 and offsets[-1] == len(pixels)
        for i, (h, w) in enumerate(shapes):
            assert offsets[i] * 2 % 64 == 0
            image = pixels[offsets[i] : offsets[i] + h * w * 3].reshape(h, w, 3)
            assert image.tobytes() == open(f"{sys.argv[1]}/{i}.bin", "rb").read(), i
            assert zlib.crc32(image.tobytes()) == crcs[i]
        assert open(f"{folder}/names.txt").read() == "a\\nb\\nc\\nd\\n"
        print("equal")
        """;
    assertEquals("equal", Python.require("numpy").run(script, folder.toString()).strip());
  }

  @Test
  void theFingerprintTellsContentApart() throws IOException {
    Path one = TestArrays.store(folder.resolve("a.images"), ImageType.UINT8, 1, SIZES);
    Path same = TestArrays.store(folder.resolve("b.images"), ImageType.UINT8, 1, SIZES);
    Path other = TestArrays.store(folder.resolve("c.images"), ImageType.INT8, 1, SIZES);
    assertEquals(fingerprint(one), fingerprint(same));
    assertFalse(fingerprint(one).equals(fingerprint(other)));
    assertTrue(fingerprint(one).matches("[0-9a-f]{32}"));
    Path npy = TestArrays.npy(folder.resolve("a.npy"), "<f4", new byte[96], 2, 3, 4);
    assertEquals("npy <f4 2x3x4 224 fdc638c4", fingerprint(npy));
  }

  private static String fingerprint(Path path) throws IOException {
    try (ImageStore store = ImageStore.open(path)) {
      return store.fingerprint();
    }
  }

  @Test
  void aSparseFileBeyondTwoGigabytesIsRead() throws IOException {
    Path file = folder.resolve("large.npy");
    byte[] marks = TestArrays.noise(300, 7);
    long images = 500;
    long bytes = 1080L * 1920 * 3;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(NpyHeader.encode("|u1", images, 1080, 1920, 3)));
      channel.write(ByteBuffer.wrap(marks), 128 + images * bytes - marks.length);
    }
    try (ImageStore store = ImageStore.open(file)) {
      assertEquals(1080, store.height(499));
      assertArrayEquals(marks, read(store, 499, 1079, 1820, 1, 100));
    }
  }

  @Test
  void filesThatAreNoImagesAreRefusedWithTheRemedy() throws IOException {
    byte[] data = new byte[400];
    assertRefused(TestArrays.fortran(folder.resolve("f.npy"), data, 2, 3, 4), "ascontiguousarray");
    assertRefused(TestArrays.npy(folder.resolve("2.npy"), "|u1", data, 3, 4), "a[None]");
    assertRefused(TestArrays.npy(folder.resolve("5.npy"), "|u1", data, 1, 1, 1, 1, 4), "shape (1,");
    assertRefused(TestArrays.npy(folder.resolve("c.npy"), "<c8", data, 2, 3, 4), "astype");
    assertRefused(TestArrays.npy(folder.resolve("0.npy"), "|u1", data, 0, 3, 4), "at least one");
    assertRefused(TestArrays.npy(folder.resolve("s.npy"), "<f8", data, 9, 9, 9), "cut short");
    assertRefused(Files.write(folder.resolve("x.npy"), data), "a NPY file");
    assertRefused(Files.createDirectory(folder.resolve("d")), "maskmap pack-images");
    assertThrows(NoSuchFileException.class, () -> ImageStore.open(folder.resolve("none")));
  }

  private static void assertRefused(Path path, String word) {
    IOException e = assertThrows(ImageFormatException.class, () -> ImageStore.open(path));
    assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(word), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void damageIsFoundAndNamed() throws IOException {
    Path path = TestArrays.store(folder.resolve("a.images"), ImageType.INT16, 2, SIZES);
    for (String file :
        List.of(
            "pixels.npy",
            "shapes.npy",
            "offsets.npy",
            "crc32.npy",
            "names.txt",
            "name_offsets.npy",
            "maskmap-images.json")) {
      byte[] whole = Files.readAllBytes(path.resolve(file));
      byte[] damaged = whole.clone();
      damaged[file.endsWith(".npy") ? 130 : 3] ^= 1;
      Files.write(path.resolve(file), damaged);
      assertProblem(path, file);
      Files.write(path.resolve(file), Arrays.copyOf(whole, whole.length - 3));
      assertProblem(path, file);
      if (!file.endsWith("json")) {
        assertRefused(path, file);
      }
      Files.write(path.resolve(file), whole);
    }
    assertEquals(List.of(), ImageVerification.of(path, i -> {}).problems());
  }

  private static void assertProblem(Path path, String file) throws IOException {
    List<String> problems = ImageVerification.of(path, i -> {}).problems();
    assertTrue(problems.stream().anyMatch(line -> line.contains(file)), file + ": " + problems);
  }

  @Test
  void indexesThatLeadAstrayAreErrors() throws IOException {
    Path path = TestArrays.store(folder.resolve("a.images"), ImageType.UINT8, 1, SIZES);
    poke(path.resolve("offsets.npy"), 128 + 8, -1);
    poke(path.resolve("shapes.npy"), 128 + 16, 1L << 62);
    poke(path.resolve("name_offsets.npy"), 128 + 8, 1L << 40);
    try (ImageStore store = ImageStore.open(path)) {
      Exception e = assertThrows(IllegalStateException.class, () -> read(store, 1, 0, 0, 1, 1));
      assertTrue(e.getMessage().contains("offsets.npy: damaged: image 1"), e.getMessage());
      e = assertThrows(IllegalStateException.class, () -> store.height(2));
      assertTrue(e.getMessage().contains("shapes.npy: damaged: image 2"), e.getMessage());
      assertThrows(IllegalStateException.class, () -> store.name(0));
    }
  }

  private static void poke(Path file, long at, long value) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(at);
      out.writeLong(Long.reverseBytes(value));
    }
  }

  @Test
  void aWriterThatIsNotCommittedLeavesNothing() throws IOException {
    Path path = folder.resolve("a.images");
    try (ImageStoreWriter writer = ImageStoreWriter.create(path, ImageType.UINT8, 1)) {
      writer.add("a", 1, 2, MemorySegment.ofArray(new byte[2]));
      assertThrows(
          IOException.class, () -> ImageStoreWriter.create(path, ImageType.UINT8, 1).close());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aStoreIsReplacedOnlyWhereThatIsAskedFor() throws IOException {
    Path path = TestArrays.store(folder.resolve("a.images"), ImageType.UINT8, 1, SIZES);
    assertThrows(
        FileAlreadyExistsException.class,
        () -> ImageStoreWriter.create(path, ImageType.UINT8, 1).close());
    try (ImageStore before = ImageStore.open(path);
        ImageStoreWriter writer = ImageStoreWriter.replace(path, ImageType.UINT8, 1)) {
      writer.add("new", 1, 1, MemorySegment.ofArray(new byte[1]));
      writer.commit();
      assertEquals(4, before.size());
      assertEquals(35, read(before, 0, 0, 0, 5, 7).length);
    }
    try (ImageStore after = ImageStore.open(path)) {
      assertEquals("new", after.name(0));
    }
    Path other = Files.createDirectory(folder.resolve("other"));
    assertThrows(
        FileAlreadyExistsException.class,
        () -> ImageStoreWriter.replace(other, ImageType.UINT8, 1).close());
  }

  @Test
  void aWriterRefusesWhatAStoreCannotHold() throws IOException {
    Path path = folder.resolve("a.images");
    assertThrows(
        IllegalArgumentException.class,
        () -> ImageStoreWriter.create(path, ImageType.UINT8, 0).close());
    try (ImageStoreWriter writer = ImageStoreWriter.create(path, ImageType.FLOAT32, 3)) {
      MemorySegment one = MemorySegment.ofArray(new float[3]);
      assertThrows(IllegalStateException.class, writer::commit);
      assertThrows(IllegalArgumentException.class, () -> writer.add("a", 0, 1, one));
      assertThrows(IllegalArgumentException.class, () -> writer.add("a", 1, 2, one));
      assertThrows(IllegalArgumentException.class, () -> writer.add("a\n", 1, 1, one));
      writer.add("a", 1, 1, one);
      assertThrows(IllegalArgumentException.class, () -> writer.add("a", 1, 1, one));
      writer.commit();
      assertThrows(IllegalStateException.class, () -> writer.add("b", 1, 1, one));
    }
  }
}
