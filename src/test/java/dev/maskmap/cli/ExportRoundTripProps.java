package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.MaskStoreWriter;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.SharedMasks;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** What goes out comes in again: the same pixels under the same names. */
class ExportRoundTripProps {

  @Property(tries = 50)
  void packUndoesExport(
      @ForAll("trips") RoundTrip trip, @ForAll("stores") Map<String, Pixels> masks)
      throws IOException {
    assertComesBack(trip, masks);
  }

  @Property(tries = 20)
  void packUndoesExportOfPackedArraysWhereItIsToldTheSize(
      @ForAll("uniform") Map<String, Pixels> masks) throws IOException {
    assertComesBack(RoundTrip.NPY, masks);
    assertComesBack(RoundTrip.PACKED_ARCHIVE, masks);
  }

  /** What packs the real files is tested elsewhere; here it only has to come back. */
  @Example
  @Tag("once")
  void packUndoesExportOfRealMasks() throws IOException {
    Path folder = Files.createTempDirectory("export");
    try {
      Path store = folder.resolve("real.masks");
      CommandRun.of("pack", SharedMasks.folder("varied"), "-o", store, "--keep-going");
      Map<String, Pixels> masks = RoundTrip.masks(store);
      for (RoundTrip trip : RoundTrip.values()) {
        if (trip.keepsHeight()) {
          assertComesBack(trip, masks);
        }
      }
      System.out.printf("came back from every format: %d real masks%n", masks.size());
    } finally {
      Stores.delete(folder);
    }
  }

  private static void assertComesBack(RoundTrip trip, Map<String, Pixels> masks)
      throws IOException {
    Path folder = Files.createTempDirectory("export");
    try {
      Path store = write(folder.resolve("t.masks"), masks);
      Pixels any = masks.values().iterator().next();
      Path again = trip.packed(store, folder, any.height() + "x" + any.width());
      Map<String, Pixels> read = RoundTrip.masks(again);
      assertEquals(masks.keySet(), read.keySet());
      masks.forEach((name, mask) -> assertSame(trip + ": " + name, mask, read.get(name)));
    } finally {
      Stores.delete(folder);
    }
  }

  private static Path write(Path store, Map<String, Pixels> masks) throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(store)) {
      for (Map.Entry<String, Pixels> mask : masks.entrySet()) {
        Pixels pixels = mask.getValue();
        MemorySegment bytes = MemorySegment.ofArray(pixels.bytes());
        writer.add(mask.getKey(), pixels.height(), pixels.width(), bytes, pixels.width());
      }
      writer.commit();
    }
    return store;
  }

  private static void assertSame(String message, Pixels expected, Pixels read) {
    assertEquals(expected.height(), read.height(), message);
    assertEquals(expected.width(), read.width(), message);
    assertEquals(expected.bits(), read.bits(), message);
  }

  @Provide
  Arbitrary<RoundTrip> trips() {
    return Arbitraries.of(RoundTrip.class).filter(RoundTrip::keepsHeight);
  }

  @Provide
  Arbitrary<Map<String, Pixels>> stores() {
    return names().flatMap(names -> masks(names, pixels()));
  }

  @Provide
  Arbitrary<Map<String, Pixels>> uniform() {
    Arbitrary<Integer> sides = Arbitraries.integers().between(1, 40);
    return Combinators.combine(names(), sides, sides)
        .flatAs((names, height, width) -> masks(names, pixels(height, width)));
  }

  private static Arbitrary<Map<String, Pixels>> masks(Set<String> names, Arbitrary<Pixels> pixels) {
    return pixels
        .list()
        .ofSize(names.size())
        .map(
            list -> {
              Map<String, Pixels> masks = new TreeMap<>();
              names.forEach(name -> masks.put(name, list.get(masks.size())));
              return masks;
            });
  }

  private static Arbitrary<Pixels> pixels() {
    Arbitrary<Integer> sides = Arbitraries.integers().between(1, 70);
    return Combinators.combine(sides, sides).flatAs(ExportRoundTripProps::pixels);
  }

  private static Arbitrary<Pixels> pixels(int height, int width) {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.of(true, false))
        .as(
            (seed, noise) ->
                noise ? Pixels.noise(height, width, seed) : Pixels.blobs(height, width, seed));
  }

  /** Names that can be files: nothing hidden, no empty part, no way out by a backslash. */
  private static Arbitrary<Set<String>> names() {
    Arbitrary<String> part =
        Arbitraries.of(
                "a",
                "A",
                "7",
                " ",
                ".",
                "-",
                "_",
                "%20",
                "\\",
                "'",
                "\"",
                "$(x)",
                "~",
                "*",
                "[",
                "\u00e9",
                "e\u0301",
                "\u00df",
                "\u65e5",
                "\ud83d\ude42",
                "\u2028",
                "\u202e",
                ".npy")
            .list()
            .ofMinSize(1)
            .ofMaxSize(8)
            .map(parts -> String.join("", parts))
            .filter(text -> !text.startsWith(".") && !text.contains("\\."));
    return part.list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(parts -> String.join("/", parts))
        // Otherwise the folder of one could be the file of another.
        .filter(name -> !name.contains(".npy/"))
        .set()
        .ofMinSize(1)
        .ofMaxSize(5);
  }
}
