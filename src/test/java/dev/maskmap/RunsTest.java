package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.internal.npy.NpyHeader;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special about the layout of runs; what it shares stands in the tests of reads. */
@Tag("kernel")
class RunsTest {

  @TempDir Path folder;

  @Property(tries = 60)
  void bitsToRunsAndBackGivesTheSameFiles(
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 200) int width,
      @ForAll boolean ragged,
      @ForAll long seed)
      throws IOException {
    Path temporary = Files.createTempDirectory("runs");
    try {
      List<Pixels> masks =
          List.of(
              Pixels.noise(height, width, seed),
              Pixels.blobs(height + (ragged ? 3 : 0), width, seed + 1));
      Path bits = Stores.write(temporary.resolve("bits.masks"), Layout.BITS, masks);
      Path runs = convert(bits, temporary.resolve("runs.masks"), Layout.RUNS);
      Path back = convert(runs, temporary.resolve("back.masks"), Layout.BITS);
      assertEquals(List.of(), Verification.of(runs, done -> {}).problems());
      for (String name : Stores.names(bits)) {
        assertArrayEquals(
            Files.readAllBytes(bits.resolve(name)), Files.readAllBytes(back.resolve(name)), name);
      }
      Path same = Stores.write(temporary.resolve("same.masks"), Layout.RUNS, masks);
      for (String name : Stores.names(runs)) {
        assertArrayEquals(
            Files.readAllBytes(runs.resolve(name)), Files.readAllBytes(same.resolve(name)), name);
      }
    } finally {
      Stores.delete(temporary);
    }
  }

  @Property(tries = 60)
  void theSuitedLayoutIsRunsWhereThoseAreUnderAQuarter(
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = 0, max = 3) int noisy,
      @ForAll boolean ragged,
      @ForAll long seed)
      throws IOException {
    Path temporary = Files.createTempDirectory("suited");
    try {
      List<Pixels> masks = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int rows = height + (ragged ? i : 0);
        masks.add(
            i < noisy ? Pixels.noise(rows, width, seed + i) : Pixels.blobs(rows, width, seed + i));
      }
      Path bits = Stores.write(temporary.resolve("bits.masks"), Layout.BITS, masks);
      Path runs = Stores.write(temporary.resolve("runs.masks"), Layout.RUNS, masks);
      long plain = masks.stream().mapToLong(mask -> mask.packed().length).sum();
      long held =
          Files.size(runs.resolve("runs.npy"))
              + Files.size(runs.resolve("rows.npy"))
              - 2 * NpyHeader.BYTES;
      Path expected = 4 * held < plain ? runs : bits;
      Path suited = temporary.resolve("suited.masks");
      Layout layout;
      try (MaskStore store = MaskStore.open(bits);
          MaskStoreWriter writer = MaskStoreWriter.create(suited, Layout.RUNS)) {
        writer.addAll(store, done -> {});
        layout = writer.commitSuited();
      }
      assertEquals(expected == runs ? Layout.RUNS : Layout.BITS, layout);
      assertEquals(Stores.names(expected), Stores.names(suited));
      for (String name : Stores.names(expected)) {
        assertArrayEquals(
            Files.readAllBytes(expected.resolve(name)),
            Files.readAllBytes(suited.resolve(name)),
            name);
      }
    } finally {
      Stores.delete(temporary);
    }
  }

  @Test
  void anAppendedPartHasTheLayoutOfTheLast() throws IOException {
    Path set = folder.resolve("t.data");
    for (Layout layout : List.of(Layout.BITS, Layout.RUNS)) {
      try (MaskStoreWriter writer = MaskStoreWriter.append(set, layout)) {
        writer.addPacked("of " + layout, 1, 3, MemorySegment.ofArray(new byte[3]));
        writer.commit();
      }
    }
    try (MaskStoreWriter writer = MaskStoreWriter.append(set)) {
      writer.addPacked("untold", 1, 3, MemorySegment.ofArray(new byte[3]));
      writer.commit();
    }
    try (MaskStore store = MaskStore.open(set)) {
      assertEquals(Layout.RUNS, Manifest.read(store.parts().get(2)).layout());
    }
  }

  private static Path convert(Path from, Path to, Layout layout) throws IOException {
    try (MaskStore store = MaskStore.open(from);
        MaskStoreWriter writer = MaskStoreWriter.create(to, layout)) {
      for (long i = 0; i < store.size(); i++) {
        Mask mask = store.mask(i);
        writer.addPacked(mask.name(), mask.height(), mask.width(), mask.packed());
      }
      writer.commit();
    }
    return to;
  }

  @Test
  void numpyReadsRuns() throws IOException {
    Python python = Python.require("numpy");
    List<Pixels> masks =
        List.of(Pixels.blobs(101, 333, 1), Pixels.noise(101, 333, 2), Pixels.blobs(40, 777, 3));
    Stores.write(folder.resolve("s.masks"), Layout.RUNS, masks);
    for (int i = 0; i < masks.size(); i++) {
      Files.write(folder.resolve("m" + i + ".bin"), masks.get(i).packed());
    }
    String script =
        """
        import sys
        import numpy as np
        folder = sys.argv[1]
        def load(name): return np.load(f"{folder}/s.masks/{name}.npy", mmap_mode="r")
        runs, rows, offsets, shapes = load("runs"), load("rows"), load("offsets"), load("shapes")
        assert rows.dtype == np.dtype("<u4") and rows.shape == (offsets[-1, 1],)
        for i, (h, w) in enumerate(shapes):
            coded = runs[offsets[i, 0] : offsets[i + 1, 0]]
            starts = np.append(rows[offsets[i, 1] : offsets[i + 1, 1]], len(coded))
            packed = np.empty(((h + 7) // 8, w), np.uint8)
            for j in range(len(packed)):
                b = coded[starts[j] : starts[j + 1]]
                if len(b) < w:
                    n = len(b) // 3
                    b = np.repeat(b[2 * n :], np.diff(b[: 2 * n].view("<u2"), prepend=0))
                packed[j] = b
            assert np.array_equal(packed, np.fromfile(f"{folder}/m{i}.bin", np.uint8).reshape(packed.shape)), i
        print("equal")
        """;
    assertEquals("equal", python.run(script, folder.toString()).strip());
  }

  /** 65,535 columns are the last whose ends have two bytes. */
  @ParameterizedTest
  @ValueSource(ints = {65_534, 65_535, 65_536, 65_537, 70_000})
  void endsOfWideMasksHaveFourBytes(int width) throws IOException {
    BitSet bits = new BitSet();
    bits.set(width / 2, width - 1);
    bits.set(2 * width + 7, 2 * width + 65);
    Pixels source = Pixels.of(9, width, bits);
    Path path = Stores.write(folder.resolve("s.masks"), Layout.RUNS, List.of(source));
    assertEquals(List.of(), Verification.of(path, done -> {}).problems());
    long runBytes = width <= 65_535 ? 3 : 5;
    long bytes = Files.size(path.resolve("runs.npy")) - NpyHeader.BYTES;
    assertEquals(0, bytes % runBytes);
    try (MaskStore store = MaskStore.open(path)) {
      assertEquals(source.bits(), store.mask(0).toBitSet());
      assertEquals(source.count(), store.mask(0).count(Region.of(0, 1, 9, width - 1)));
    }
  }

  /** Stripes of many widths: too many runs for those of a patch to be copied together. */
  @Property(tries = 30)
  void rowsOfManyRunsAreReadInPlace(
      @ForAll @IntRange(min = 4_000, max = 80_000) int width,
      @ForAll @IntRange(min = 6, max = 60) int widest,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int height = 41;
    Pixels source = stripes(height, width, widest, random);
    Path temporary = Files.createTempDirectory("stripes");
    try (MaskStore store =
            MaskStore.open(
                Stores.write(temporary.resolve("s.masks"), Layout.RUNS, List.of(source)));
        Arena arena = Arena.ofConfined()) {
      assertArrayEquals(source.packed(), store.mask(0).packed().toArray(ValueLayout.JAVA_BYTE));
      convert(store.path(), temporary.resolve("bits.masks"), Layout.BITS);
      long last = source.count() - 1;
      for (long n = Math.max(0, last); n >= 0 && n > last - 1000; n -= 7) {
        long position = store.mask(0).select(n);
        assertTrue(source.bits().get(Math.toIntExact(position)));
      }
      assertEquals(source.count(), store.mask(0).count(Region.of(0, 0, height, width)));
      for (int i = 0; i < 20; i++) {
        int h = 1 + random.nextInt(height);
        int w = 1 + random.nextInt(500);
        Region region = Region.of(random.nextInt(height - h + 1), random.nextInt(width - w), h, w);
        long bytes = PixelType.UINT8.patchBytes(h, w);
        Patches.Target target = new Patches.Target(arena.allocate(bytes), 0, 0);
        Patches.check(store, 0, source, region, PixelType.UINT8, target);
      }
    } finally {
      Stores.delete(temporary);
    }
  }

  private static Pixels stripes(int height, int width, int widest, Random random) {
    BitSet bits = new BitSet();
    for (int y = 0; y < height; y += 8) {
      for (int x = 0; x < width; ) {
        int end = Math.min(width, x + 6 + random.nextInt(widest));
        for (int k = y; random.nextBoolean() && k < Math.min(y + 8, height); k++) {
          bits.set(k * width + x, k * width + end);
        }
        x = end;
      }
    }
    return Pixels.of(height, width, bits);
  }

  @Test
  void aRowOfManyRunsNoneOfWhichReachesThePatchIsDamage() throws IOException {
    Pixels source = stripes(41, 20_000, 2, new Random(1));
    Path path = Stores.write(folder.resolve("s.masks"), Layout.RUNS, List.of(source));
    Path runs = path.resolve("runs.npy");
    byte[] bytes = Files.readAllBytes(runs);
    Arrays.fill(bytes, NpyHeader.BYTES, bytes.length, (byte) 0);
    Files.write(runs, bytes);
    try (MaskStore store = MaskStore.open(path)) {
      assertDamaged(() -> store.mask(0).count(Region.of(0, 100, 41, 20)));
    }
  }

  /** Every second of the first columns in each packed row: so many runs, and all in one place. */
  private static Pixels comb(int height, int width, int columns) {
    BitSet bits = new BitSet();
    for (int y = 0; y < height; y += 8) {
      for (int x = 0; x < columns; x += 2) {
        bits.set(y * width + x);
      }
    }
    return Pixels.of(height, width, bits);
  }

  @ParameterizedTest
  @ValueSource(ints = {30_000, 70_000})
  void aRowOfMoreRunsThanAreCopiedAtOnceIsSelectedFromAndPacked(int width) throws IOException {
    Pixels source = comb(8, width, 9_000);
    Path path = Stores.write(folder.resolve("s.masks"), Layout.RUNS, List.of(source));
    long plain = NpyHeader.BYTES + 8L * width / 8;
    assertTrue(Files.size(path.resolve("runs.npy")) < plain, "no runs");
    try (MaskStore store = MaskStore.open(path)) {
      Mask mask = store.mask(0);
      for (int n = 0; n < source.count(); n++) {
        assertEquals(2L * n, mask.select(n));
      }
      assertArrayEquals(source.packed(), mask.packed().toArray(ValueLayout.JAVA_BYTE));
      assertEquals(source.bits(), mask.toBitSet());
    }
    convert(path, folder.resolve("b.masks"), Layout.BITS);
  }

  /** Where a row would begin in runs that were not copied, no older runs may be taken for its. */
  @Test
  void rowsThatBeginElsewhereAreDamageOfTheirFile() throws IOException {
    Pixels source = comb(24, 30_000, 8_000);
    Path path = Stores.write(folder.resolve("s.masks"), Layout.RUNS, List.of(source));
    for (int row = 0; row < 3; row++) {
      for (int bit = 0; bit < 32; bit++) {
        long at = NpyHeader.BYTES + 4L * row + bit / 8;
        Stores.flip(path.resolve("rows.npy"), at, bit % 8);
        try (MaskStore store = MaskStore.open(path)) {
          for (int y = 0; y < 24; y += 8) {
            for (int h = 8; y + h <= 24; h += 8) {
              readOrDamage(store, Region.of(y, 5_000, h, 256));
            }
          }
        }
        Stores.flip(path.resolve("rows.npy"), at, bit % 8);
      }
    }
  }

  private static void readOrDamage(MaskStore store, Region region) {
    try {
      store.mask(0).count(region);
    } catch (IllegalStateException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(
          message.contains("rows.npy: damaged") || message.contains("runs.npy: damaged"), message);
    }
  }

  @Test
  void noiseIsAFewPerCentLargerAndSolidMasksAreSmall() throws IOException {
    List<Pixels> noise = List.of(Pixels.noise(256, 512, 1), Pixels.noise(256, 512, 2));
    long bits = bytes(Stores.write(folder.resolve("nb.masks"), Layout.BITS, noise));
    long runs = bytes(Stores.write(folder.resolve("nr.masks"), Layout.RUNS, noise));
    assertTrue(runs <= 1.05 * bits, runs + " against " + bits);
    List<Pixels> solid = List.of(Pixels.of(256, 512, new BitSet()));
    long empty = bytes(Stores.write(folder.resolve("e.masks"), Layout.RUNS, solid));
    assertTrue(empty < 4096, "an empty mask of " + empty + " bytes");
  }

  private static long bytes(Path store) throws IOException {
    long sum = 0;
    for (String name : Stores.names(store)) {
      sum += Files.size(store.resolve(name));
    }
    return sum;
  }

  /** Every bit of every byte matters to somebody. */
  @Test
  void everyFlippedBitIsFound() throws IOException {
    List<Pixels> masks = List.of(Pixels.blobs(20, 60, 1), Pixels.noise(9, 30, 2));
    Path path = Stores.write(folder.resolve("s.masks"), Layout.RUNS, masks);
    for (String name : List.of("runs.npy", "rows.npy", "offsets.npy", "shapes.npy")) {
      Path file = path.resolve(name);
      long size = Files.size(file);
      for (long at = NpyHeader.BYTES; at < size; at++) {
        for (int bit = 0; bit < 8; bit++) {
          Stores.flip(file, at, bit);
          assertTrue(!Verification.of(path, done -> {}).problems().isEmpty(), name + " byte " + at);
          Stores.flip(file, at, bit);
        }
      }
    }
    assertEquals(List.of(), Verification.of(path, done -> {}).problems());
  }

  /** Damage is an error or other pixels, and never a hang, a crash or another kind of exception. */
  @Test
  void damagedFilesAreErrorsThatNameThem() throws IOException {
    List<Pixels> masks = List.of(Pixels.blobs(40, 60, 1), Pixels.noise(9, 30, 2));
    Path path = Stores.write(folder.resolve("s.masks"), Layout.RUNS, masks);
    int errors = 0;
    for (String name : List.of("runs.npy", "rows.npy", "offsets.npy")) {
      Path file = path.resolve(name);
      long size = Files.size(file);
      long last = name.equals("offsets.npy") ? size - 16 : size;
      for (long at = NpyHeader.BYTES; at < last; at++) {
        Stores.flip(file, at, (int) (at % 8));
        errors += readAll(path, name, masks.size()) ? 0 : 1;
        Stores.flip(file, at, (int) (at % 8));
      }
    }
    assertTrue(errors > 50, "only " + errors + " errors");
  }

  @Test
  void rowsOfNoWholeRunsAndMasksThatBeginLateAreDamage() throws IOException {
    Path path =
        Stores.write(folder.resolve("s.masks"), Layout.RUNS, List.of(Pixels.blobs(40, 60, 1)));
    for (long row = 0; row < 2; row++) {
      Stores.flip(path.resolve("rows.npy"), NpyHeader.BYTES + 4 * row, 0);
      try (MaskStore store = MaskStore.open(path)) {
        assertThrows(IllegalStateException.class, () -> store.mask(0).get(0, 59));
      }
      Stores.flip(path.resolve("rows.npy"), NpyHeader.BYTES + 4 * row, 0);
    }
  }

  @Test
  void endsOfFourBytesThatAreNegativeAreDamage() throws IOException {
    BitSet bits = new BitSet();
    bits.set(60_000, 65_000);
    Pixels wide = Pixels.of(1, 70_000, bits);
    Path path = Stores.write(folder.resolve("s.masks"), Layout.RUNS, List.of(wide));
    Stores.flip(path.resolve("runs.npy"), NpyHeader.BYTES + 3, 7);
    try (MaskStore store = MaskStore.open(path)) {
      Region region = Region.of(0, 10_000, 1, 20_000);
      Mask mask = store.mask(0);
      Stores.flip(path.resolve("runs.npy"), NpyHeader.BYTES + 3, 7);
      assertEquals(0, mask.count(region));
      Stores.flip(path.resolve("runs.npy"), NpyHeader.BYTES + 7, 7);
      assertThrows(IllegalStateException.class, () -> mask.count(Region.of(0, 10_000, 1, 59_000)));
    }
  }

  @Test
  void copiesOfMasksThatAreNotSoLargeTakeNoMemoryForThem() throws IOException {
    List<Pixels> masks = List.of(Pixels.blobs(40, 60, 1), Pixels.noise(9, 30, 2));
    Path path = Stores.write(folder.resolve("s.masks"), Layout.RUNS, masks);
    // A width of 2^30 and more, whose packed rows would not fit the test's memory.
    Stores.flip(path.resolve("shapes.npy"), NpyHeader.BYTES + 7, 6);
    try (MaskStore store = MaskStore.open(path)) {
      assertDamaged(() -> store.mask(0).packed());
      try (MaskStoreWriter writer = MaskStoreWriter.create(folder.resolve("t.masks"))) {
        assertDamaged(() -> writer.addAll(store, done -> {}));
      }
    }
  }

  private static void assertDamaged(Executable read) {
    String message = String.valueOf(assertThrows(IllegalStateException.class, read).getMessage());
    assertTrue(message.contains("damaged"), message);
  }

  private static boolean readAll(Path path, String name, int count) throws IOException {
    try (MaskStore store = MaskStore.open(path)) {
      for (int i = 0; i < count; i++) {
        Mask mask = store.mask(i);
        mask.toBitSet();
        mask.toBytes();
        mask.packed();
        mask.count(Region.of(1, 1, mask.height() - 1, mask.width() - 1));
        mask.get(mask.height() - 1, mask.width() - 1);
      }
      return true;
    } catch (IllegalStateException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("damaged") && message.contains(".npy"), name + ": " + message);
      return false;
    }
  }

  @Test
  void editsKeepTheLayoutAndDataSetsMixThem() throws IOException {
    List<Pixels> masks = List.of(Pixels.blobs(20, 60, 1), Pixels.blobs(20, 60, 2));
    Path path = Stores.write(folder.resolve("s.masks"), Layout.RUNS, masks);
    StoreEdit.remove(path, List.of("m0"));
    try (MaskStore store = MaskStore.open(path)) {
      assertEquals(Layout.RUNS, store.layout());
      assertEquals(masks.get(1).bits(), store.mask(0).toBitSet());
    }
    Path set = folder.resolve("set.masks");
    for (Map.Entry<String, Layout> part : Map.of("a", Layout.RUNS, "b", Layout.BITS).entrySet()) {
      try (MaskStoreWriter writer = MaskStoreWriter.append(set, part.getValue())) {
        Pixels mask = masks.get(part.getKey().equals("a") ? 0 : 1);
        writer.addPacked(part.getKey(), 20, 60, MemorySegment.ofArray(mask.packed()));
        writer.commit();
      }
    }
    try (MaskStore store = MaskStore.open(set)) {
      assertEquals(masks.get(0).bits(), store.mask(store.indexOf("a")).toBitSet());
      assertEquals(masks.get(1).bits(), store.mask(store.indexOf("b")).toBitSet());
    }
    assertEquals(List.of(), Verification.of(set, done -> {}).problems());
  }

  @Test
  void packedRowsAreAReadOnlyCopy() throws IOException {
    Pixels source = Pixels.blobs(21, 3000, 1);
    Path path = Stores.write(folder.resolve("s.masks"), Layout.RUNS, List.of(source));
    MemorySegment packed;
    try (MaskStore store = MaskStore.open(path)) {
      packed = store.mask(0).packed();
    }
    assertTrue(packed.isReadOnly());
    assertArrayEquals(source.packed(), packed.toArray(ValueLayout.JAVA_BYTE));
  }

  @Test
  void closedStoresSaySo() throws IOException {
    Path path =
        Stores.write(folder.resolve("s.masks"), Layout.RUNS, List.of(Pixels.blobs(9, 9, 1)));
    MaskStore store = MaskStore.open(path);
    store.close();
    String message =
        String.valueOf(
            assertThrows(IllegalStateException.class, () -> store.mask(0).get(1, 1)).getMessage());
    assertTrue(message.contains("the store is closed"), message);
  }
}
