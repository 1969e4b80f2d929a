package dev.maskmap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import dev.maskmap.PixelType;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import dev.maskmap.sample.SmallMasks;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class MaskPlanesTest {
  private static final int IGNORE = 200;

  @TempDir Path folder;

  /** Masks of some sizes, whose pixels have the classes 0 to {@code classes}, 0 for none. */
  private static List<int[][]> labels(int masks, int classes, Random random) {
    List<int[][]> all = new ArrayList<>();
    for (int i = 0; i < masks; i++) {
      int[][] pixels = new int[9 + random.nextInt(9)][7 + random.nextInt(20)];
      for (int[] row : pixels) {
        for (int x = 0; x < row.length; x++) {
          row[x] = random.nextInt(classes + 1);
        }
      }
      all.add(pixels);
    }
    return all;
  }

  /** The masks of one class. */
  private static List<Pixels> plane(List<int[][]> labels, int number) {
    List<Pixels> masks = new ArrayList<>();
    for (int[][] label : labels) {
      int width = label[0].length;
      BitSet bits = new BitSet();
      for (int i = 0; i < label.length * width; i++) {
        bits.set(i, label[i / width][i % width] == number);
      }
      masks.add(Pixels.of(label.length, width, bits));
    }
    return masks;
  }

  /** Each plane is what its store has, and the classes are the planes in one. */
  @Property(tries = 30)
  void planesAndClassesAreThePixelsOfTheirStores(
      @ForAll @IntRange(min = 1, max = 5) int classes,
      @ForAll @IntRange(min = 1, max = 3) int workers,
      @ForAll boolean counting,
      @ForAll Layout layout,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<int[][]> labels = labels(6, classes, random);
    List<int[][]> valid = labels(0, 1, random);
    for (int[][] label : labels) {
      int[][] one = new int[label.length][label[0].length];
      for (int[] row : one) {
        for (int x = 0; x < row.length; x++) {
          row[x] = random.nextInt(2);
        }
      }
      valid.add(one);
    }
    Path temporary = Files.createTempDirectory("planes");
    SequencedMap<String, MaskStore> stores = new LinkedHashMap<>();
    try (MaskStore counts =
        MaskStore.open(Stores.write(temporary.resolve("v.masks"), layout, plane(valid, 1)))) {
      for (int c = 1; c <= classes; c++) {
        Path path = temporary.resolve(c + ".masks");
        stores.put("c" + c, MaskStore.open(Stores.write(path, layout, plane(labels, c))));
      }
      MaskPlanes planes = MaskPlanes.of(stores);
      Sampler sampler =
          Sampling.of(stores.firstEntry().getValue(), 11, 13)
              .smallMasks(SmallMasks.PAD)
              .patchesPerMask(3)
              .uniform();
      try (PatchLoader loader =
              PatchLoader.of(planes, sampler).batch(4).workers(workers).keepLast(true).open();
          Epoch epoch = loader.epoch(seed)) {
        while (epoch.hasNext()) {
          try (Batch batch = epoch.next()) {
            assertEquals(classes, batch.planes());
            for (int i = 0; i < batch.size(); i++) {
              for (int p = 0; p < classes; p++) {
                for (int y = 0; y < 11; y++) {
                  for (int x = 0; x < 13; x++) {
                    int label = label(labels, batch, i, y, x);
                    byte found =
                        batch.patches().get(ValueLayout.JAVA_BYTE, batch.offset(i, p) + 13 * y + x);
                    assertEquals(label == p + 1 ? 1 : 0, found);
                  }
                }
              }
            }
          }
        }
      }
      for (PixelType type : List.of(PixelType.UINT8, PixelType.INT64)) {
        MaskPlanes numbers = counting ? planes.asClasses(counts, IGNORE) : planes.asClasses();
        try (PatchLoader loader =
                PatchLoader.of(numbers, sampler).type(type).batch(4).workers(workers).open();
            Epoch epoch = loader.epoch(seed)) {
          while (epoch.hasNext()) {
            try (Batch batch = epoch.next()) {
              assertEquals(1, batch.planes());
              for (int i = 0; i < batch.size(); i++) {
                for (int y = 0; y < 11; y++) {
                  for (int x = 0; x < 13; x++) {
                    int expected = label(labels, batch, i, y, x);
                    if (counting && label(valid, batch, i, y, x) == 0) {
                      expected = IGNORE;
                    }
                    long at = batch.offset(i) + (13L * y + x) * type.elementBytes();
                    long found =
                        type == PixelType.UINT8
                            ? batch.patches().get(ValueLayout.JAVA_BYTE, at) & 0xFF
                            : batch.patches().get(ValueLayout.JAVA_LONG_UNALIGNED, at);
                    assertEquals(expected, found);
                  }
                }
              }
            }
          }
        }
      }
    } finally {
      stores.values().forEach(MaskStore::close);
      Stores.delete(temporary);
    }
  }

  private static int label(List<int[][]> labels, Batch batch, int i, int y, int x) {
    int[][] mask = labels.get((int) batch.mask(i));
    boolean inside = batch.y(i) + y < mask.length && batch.x(i) + x < mask[0].length;
    return inside ? mask[batch.y(i) + y][batch.x(i) + x] : 0;
  }

  private MaskStore store(String name, Pixels... masks) throws IOException {
    return MaskStore.open(
        Stores.write(folder.resolve(name + ".masks"), Layout.RUNS, List.of(masks)));
  }

  private static MaskPlanes planes(MaskStore... stores) {
    SequencedMap<String, MaskStore> map = new LinkedHashMap<>();
    for (int i = 0; i < stores.length; i++) {
      map.put(i == 0 ? "road" : "car" + i, stores[i]);
    }
    return MaskPlanes.of(map);
  }

  @Test
  void theFirstPatchThatFailsIsNamedHoweverABatchIsCut() throws IOException {
    BitSet pixel = new BitSet();
    pixel.set(34);
    Sampler sampler =
        new OwnSampler(
            2,
            (to, k) -> {
              if (k == 7) {
                throw new ArithmeticException("unlucky");
              }
              to.set(0, k == 2 ? 3 : 6, 4);
            });
    try (MaskStore road = store("road", Pixels.of(10, 10, pixel));
        MaskStore car = store("car", Pixels.of(10, 10, pixel))) {
      for (int parts : new int[] {1, 2, 10}) {
        try (PatchLoader loader =
                PatchLoader.of(planes(road, car).asClasses(), sampler)
                    .batch(10)
                    .workers(2)
                    .parts(parts)
                    .open();
            Epoch epoch = loader.epoch(0)) {
          String message = assertThrows(LoadException.class, epoch::next).getMessage();
          assertTrue(message.contains("batch 0, patch 2, of mask 'm0', cannot be read: "), message);
        }
      }
    }
  }

  @Test
  void aPixelOfTwoClassesIsAnErrorWhereItCounts() throws IOException {
    BitSet left = new BitSet();
    BitSet right = new BitSet();
    BitSet all = new BitSet();
    left.set(34);
    right.set(34);
    right.set(77);
    all.set(0, 100);
    all.clear(34);
    try (MaskStore road = store("road", Pixels.of(10, 10, left));
        MaskStore car = store("car", Pixels.of(10, 10, right));
        MaskStore counts = store("counts", Pixels.of(10, 10, all))) {
      Sampler sampler = Sampling.of(road, 10, 10).uniform();
      MaskPlanes planes = planes(road, car);
      try (PatchLoader loader = PatchLoader.of(planes.asClasses(), sampler).batch(1).open();
          Epoch epoch = loader.epoch(0)) {
        String message = assertThrows(LoadException.class, epoch::next).getMessage();
        assertTrue(
            message.contains("pixel y 3, x 4 is foreground of 'road' and of 'car1'"), message);
        assertTrue(message.contains("mask 'm0'"), message);
      }
      MaskPlanes some = planes.asClasses(counts, 255);
      try (PatchLoader loader = PatchLoader.of(some, sampler).batch(1).open();
          Epoch epoch = loader.epoch(0);
          Batch batch = epoch.next()) {
        assertEquals(-1, batch.patches().get(ValueLayout.JAVA_BYTE, 34));
        assertEquals(2, batch.patches().get(ValueLayout.JAVA_BYTE, 77));
        assertEquals(0, batch.patches().get(ValueLayout.JAVA_BYTE, 0));
      }
    }
  }

  @Test
  void masksThatAreNotTheSameAreNamed() throws IOException {
    Path other = folder.resolve("other.masks");
    try (MaskStoreWriter writer = MaskStoreWriter.create(other, Layout.BITS)) {
      Stores.addAny(writer, "m0", Pixels.noise(9, 9, 1));
      Stores.addAny(writer, "m1.png", Pixels.noise(9, 8, 1));
      writer.commit();
    }
    try (MaskStore first = store("a", Pixels.noise(9, 9, 1), Pixels.noise(9, 8, 2));
        MaskStore wide = store("b", Pixels.noise(9, 9, 1), Pixels.noise(8, 9, 2));
        MaskStore more =
            store("c", Pixels.noise(9, 9, 1), Pixels.noise(9, 8, 2), Pixels.noise(9, 8, 2));
        MaskStore named = MaskStore.open(other)) {
      refused("class 'car1': mask 1 of", () -> planes(first, wide));
      refused("is 'm1' of 8 x 9 pixels", () -> planes(first, wide));
      refused("c.masks has 3 masks, and", () -> planes(first, more));
      refused("is 'm1.png' of 9 x 8", () -> planes(first, first, named));
      refused("pixels that count: mask 1", () -> planes(first).asClasses(wide, 9));
      refused("classes have 0 to 1", () -> planes(first).asClasses(first, 1));
      refused("no stores", () -> MaskPlanes.of(new LinkedHashMap<>()));
      Sampler sampler = Sampling.of(first, 8, 8).uniform();
      refused(
          "classes as FLOAT32",
          () ->
              PatchLoader.of(planes(first).asClasses(), sampler)
                  .type(PixelType.FLOAT32)
                  .batch(1)
                  .open());
      refused(
          "UINT8 holds 0 to 255",
          () -> PatchLoader.of(planes(first).asClasses(first, -100), sampler).batch(1).open());
    }
  }

  private static void refused(String expected, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
