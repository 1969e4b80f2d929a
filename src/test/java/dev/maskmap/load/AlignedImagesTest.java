package dev.maskmap.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.image.ChannelOrder;
import dev.maskmap.image.ImageCrops;
import dev.maskmap.image.ImagePadding;
import dev.maskmap.image.ImageStore;
import dev.maskmap.image.ImageStoreWriter;
import dev.maskmap.image.ImageType;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import dev.maskmap.sample.SmallMasks;
import dev.maskmap.sample.Turns;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Crops of images lie beside the patches of their masks, and are turned as those are. */
class AlignedImagesTest {
  private static final int SIDE = 12;

  @TempDir Path folder;

  /** A square of elements of some bytes, row by row, mirrored and turned a quarter at a time. */
  private static byte[] turned(byte[] square, int bytes, int code) {
    byte[] from = square;
    for (int step = (code & 4) != 0 ? -1 : 0; step < (code & 3); step++) {
      byte[] to = new byte[from.length];
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          // Step -1 mirrors; the others turn counter-clockwise.
          int source = step < 0 ? y * SIDE + SIDE - 1 - x : x * SIDE + SIDE - 1 - y;
          System.arraycopy(from, source * bytes, to, (y * SIDE + x) * bytes, bytes);
        }
      }
      from = to;
    }
    return from;
  }

  /** Where a padded row or column comes from: -1 is padding with zeros. */
  private static int source(int at, int first, int valid, boolean reflect) {
    int i = at;
    while (i >= valid || i < 0) {
      if (!reflect) {
        return -1;
      }
      i = valid == 1 ? 0 : i < 0 ? -i : 2 * (valid - 1) - i;
    }
    return first + i;
  }

  private static byte[] image(int height, int width, int channels, Random random) {
    byte[] image = new byte[height * width * channels];
    random.nextBytes(image);
    return image;
  }

  @Property(tries = 40)
  void patchesAndCropsAreTheSamePlaceTurnedTheSameWay(
      @ForAll Turns turns,
      @ForAll ImagePadding padding,
      @ForAll boolean uniform,
      @ForAll boolean planar,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 3) int workers,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    PixelType type = PixelType.values()[random.nextInt(6)];
    List<Pixels> masks = new ArrayList<>();
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      int height = uniform ? 17 : 5 + random.nextInt(20);
      int width = uniform ? 9 : 5 + random.nextInt(20);
      masks.add(Pixels.noise(height, width, seed + i));
      images.add(image(height, width, channels, random));
    }
    Path temporary = Files.createTempDirectory("aligned");
    try (MaskStore store =
            MaskStore.open(Stores.write(temporary.resolve("m.masks"), Layout.RUNS, masks));
        ImageStore pictures = ImageStore.open(write(temporary, masks, images, channels))) {
      ImageCrops crops =
          ImageCrops.of(pictures, SIDE, SIDE)
              .padding(padding)
              .order(planar ? ChannelOrder.CHW : ChannelOrder.HWC);
      Sampler sampler =
          Sampling.of(store, SIDE, SIDE).smallMasks(SmallMasks.PAD).patchesPerMask(4).uniform();
      Set<Integer> seen = new HashSet<>();
      try (PatchLoader loader =
              PatchLoader.of(store, sampler)
                  .type(type)
                  .batch(5)
                  .workers(workers)
                  .turns(turns)
                  .images(crops)
                  .keepLast(true)
                  .open();
          Epoch epoch = loader.epoch(seed)) {
        assertEquals(turns.name().toLowerCase(Locale.ROOT), epoch.state().source().turns());
        assertEquals(pictures.fingerprint(), epoch.state().source().images());
        assertEquals(epoch.state(), LoaderState.fromJson(epoch.state().toJson()));
        while (epoch.hasNext()) {
          try (Batch batch = epoch.next()) {
            for (int i = 0; i < batch.size(); i++) {
              seen.add(batch.turn(i));
              assertEquals(
                  turns.code(0, seed, batch.number() * 5 + i), batch.turn(i), "turn of a patch");
              Pixels mask = masks.get((int) batch.mask(i));
              byte[] image = images.get((int) batch.mask(i));
              byte[] patch = new byte[SIDE * SIDE];
              byte[] crop = new byte[SIDE * SIDE * channels];
              for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                  int row = source(y, batch.y(i), batch.validHeight(i), false);
                  int column = source(x, batch.x(i), batch.validWidth(i), false);
                  boolean set = row >= 0 && column >= 0 && mask.get(row, column);
                  patch[y * SIDE + x] = (byte) (set ? 1 : 0);
                  boolean reflect = padding == ImagePadding.REFLECT;
                  row = source(y, batch.y(i), batch.validHeight(i), reflect);
                  column = source(x, batch.x(i), batch.validWidth(i), reflect);
                  for (int c = 0; c < channels && row >= 0 && column >= 0; c++) {
                    crop[(y * SIDE + x) * channels + c] =
                        image[(row * mask.width() + column) * channels + c];
                  }
                }
              }
              patch = turned(patch, 1, batch.turn(i));
              crop = turned(crop, channels, batch.turn(i));
              for (int p = 0; p < patch.length; p++) {
                long at = batch.offset(i) + (long) p * type.elementBytes();
                boolean set = batch.patches().get(JAVA_BYTE, at + type.elementBytes() - 1) != 0;
                boolean low = batch.patches().get(JAVA_BYTE, at) != 0;
                assertEquals(patch[p] == 1, set || low, "pixel " + p);
              }
              assertArrayEquals(planar ? planes(crop, channels) : crop, crop(batch, i));
            }
          }
        }
      }
      assertTrue(turns == Turns.NONE ? seen.equals(Set.of(0)) : seen.size() > 1, seen.toString());
    } finally {
      Stores.delete(temporary);
    }
  }

  private static byte[] crop(Batch batch, int i) {
    return batch.images().asSlice(batch.imageOffset(i), batch.imageBytes()).toArray(JAVA_BYTE);
  }

  private static byte[] planes(byte[] crop, int channels) {
    byte[] planes = new byte[crop.length];
    int pixels = crop.length / channels;
    for (int i = 0; i < crop.length; i++) {
      planes[i % channels * pixels + i / channels] = crop[i];
    }
    return planes;
  }

  private static Path write(Path folder, List<Pixels> masks, List<byte[]> images, int channels)
      throws IOException {
    Path path = folder.resolve("i.images");
    try (ImageStoreWriter writer = ImageStoreWriter.create(path, ImageType.UINT8, channels)) {
      for (int i = 0; i < masks.size(); i++) {
        Pixels mask = masks.get(i);
        MemorySegment pixels = MemorySegment.ofArray(images.get(i));
        writer.add("m" + i, mask.height(), mask.width(), pixels);
      }
      writer.commit();
    }
    return path;
  }

  @Test
  void imagesThatAreNotThoseOfTheMasksAreRefused() throws IOException {
    Random random = new Random(1);
    List<Pixels> masks = List.of(Pixels.noise(20, 30, 1), Pixels.noise(21, 30, 2));
    List<Pixels> others = List.of(Pixels.noise(20, 30, 1), Pixels.noise(30, 21, 2));
    List<byte[]> pixels = List.of(image(20, 30, 1, random), image(21, 30, 1, random));
    Path one = Files.createDirectory(folder.resolve("one"));
    try (MaskStore store =
            MaskStore.open(Stores.write(folder.resolve("m.masks"), Layout.BITS, masks));
        ImageStore turned = ImageStore.open(write(folder, others, pixels, 1));
        ImageStore fewer =
            ImageStore.open(write(one, masks.subList(0, 1), pixels.subList(0, 1), 1))) {
      Sampler sampler = Sampling.of(store, 8, 9).uniform();
      LoaderOptions options = PatchLoader.of(store, sampler).batch(1);
      refused("image 1 of", () -> options.images(ImageCrops.of(turned, 8, 9)).open());
      refused("has 30 x 21 pixels", () -> options.images(ImageCrops.of(turned, 8, 9)).open());
      refused("has 1 images", () -> options.images(ImageCrops.of(fewer, 8, 9)).open());
      refused("crops of 9 x 8", () -> options.images(ImageCrops.of(turned, 9, 8)).open());
      LoaderOptions bare = PatchLoader.of(store, sampler).batch(1);
      refused("quarter turns need square", () -> bare.turns(Turns.ALL).open());
      refused("of PACKED patches", () -> bare.turns(Turns.FLIPS).type(PixelType.PACKED).open());
    }
  }

  private static void refused(String expected, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
