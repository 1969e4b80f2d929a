package dev.maskmap.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images and masks of a batch are the naive crops at its places, patch by patch, turned alike. */
class BatchImagesTest {
  private static final int COUNT = 10;

  /** Taller and wider than some of the masks. */
  private static final int SIDE = 18;

  @TempDir Path folder;

  private final List<Pixels> masks = new ArrayList<>();
  private final List<byte[]> images = new ArrayList<>();

  private Path masks(String name) throws IOException {
    masks.clear();
    for (int i = 0; i < COUNT; i++) {
      masks.add(Pixels.noise(5 + 4 * i, 40 - 3 * i, i));
    }
    return Stores.writeAny(folder.resolve(name), masks);
  }

  private Path images(int channels, ImageType type) throws IOException {
    Path path = folder.resolve("s.images");
    images.clear();
    try (ImageStoreWriter writer = ImageStoreWriter.create(path, type, channels)) {
      for (int i = 0; i < COUNT; i++) {
        Pixels mask = masks.get(i);
        byte[] pixels = new byte[mask.height() * mask.width() * channels * type.bytes()];
        new Random(i).nextBytes(pixels);
        images.add(pixels);
        MemorySegment image = MemorySegment.ofArray(pixels);
        writer.add("i" + i, mask.height(), mask.width(), image);
      }
      writer.commit();
    }
    return path;
  }

  private static ImageCrops crops(ImageStore pictures) {
    return ImageCrops.of(pictures, SIDE, SIDE);
  }

  /** The place of an array that the place (i, j) of the turned square shows. */
  private static int[] turnedBack(int i, int j, int turn) {
    int y = i;
    int x = j;
    for (int q = 0; q < (turn & 3); q++) {
      int before = y;
      y = x;
      x = SIDE - 1 - before;
    }
    return new int[] {y, (turn & 4) != 0 ? SIDE - 1 - x : x};
  }

  private static int mirrored(int i, int size) {
    int place = i;
    while (size > 1 && place >= size) {
      place = place - (size - 1);
      place = Math.abs(size - 1 - place);
    }
    return size == 1 ? 0 : place;
  }

  /** Pixel (i, j) of the crop, as its bytes. */
  private byte[] pixel(Batch batch, int p, int i, int j, int bytes, boolean reflect) {
    int[] place = turnedBack(i, j, batch.turn(p));
    boolean inside = place[0] < batch.validHeight(p) && place[1] < batch.validWidth(p);
    byte[] pixel = new byte[bytes];
    if (inside || reflect) {
      int y = batch.y(p) + mirrored(place[0], batch.validHeight(p));
      int x = batch.x(p) + mirrored(place[1], batch.validWidth(p));
      int mask = (int) batch.mask(p);
      int at = (y * masks.get(mask).width() + x) * bytes;
      System.arraycopy(images.get(mask), at, pixel, 0, bytes);
    }
    return pixel;
  }

  private byte maskPixel(Batch batch, int p, int i, int j) {
    int[] place = turnedBack(i, j, batch.turn(p));
    boolean inside = place[0] < batch.validHeight(p) && place[1] < batch.validWidth(p);
    Pixels mask = masks.get((int) batch.mask(p));
    return (byte) (inside && mask.get(batch.y(p) + place[0], batch.x(p) + place[1]) ? 1 : 0);
  }

  private void assertMask(Batch batch, int p, long offset) {
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        byte found = batch.patches().get(JAVA_BYTE, offset + i * SIDE + j);
        assertEquals(maskPixel(batch, p, i, j), found);
      }
    }
  }

  private void assertImage(
      Batch batch, int p, int channels, int sample, boolean chw, boolean reflect) {
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        byte[] pixel = pixel(batch, p, i, j, channels * sample, reflect);
        for (int b = 0; b < pixel.length; b++) {
          int channel = b / sample;
          int at = chw ? (channel * SIDE + i) * SIDE + j : (i * SIDE + j) * channels + channel;
          long offset = batch.imageOffset(p) + at * sample + b % sample;
          assertEquals(pixel[b], batch.images().get(JAVA_BYTE, offset));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, NONE, false, false, 3, UINT8",
    "2, ALL, false, false, 3, UINT8",
    "3, ALL, true, true, 3, UINT8",
    "4, FLIPS, true, false, 2, UINT16",
    "2, QUARTERS, false, true, 1, FLOAT32",
    "2, MIRROR, true, true, 4, FLOAT64"
  })
  void everyCropIsTheNaiveOneAtThePlaceAndTurnOfItsPatch(
      int workers, Turns turns, boolean chw, boolean reflect, int channels, ImageType type)
      throws IOException {
    try (MaskStore store = MaskStore.open(masks("s.masks"));
        ImageStore pictures = ImageStore.open(images(channels, type))) {
      Sampler sampler =
          Sampling.of(store, SIDE, SIDE).smallMasks(SmallMasks.PAD).patchesPerMask(8).uniform();
      Set<Integer> seen = new HashSet<>();
      try (PatchLoader loader =
              PatchLoader.of(store, sampler)
                  .images(
                      crops(pictures)
                          .order(chw ? ChannelOrder.CHW : ChannelOrder.HWC)
                          .padding(reflect ? ImagePadding.REFLECT : ImagePadding.ZERO))
                  .turns(turns)
                  .batch(7)
                  .workers(workers)
                  .seed(3)
                  .keepLast(true)
                  .open();
          Epoch epoch = loader.epoch(2)) {
        while (epoch.hasNext()) {
          try (Batch batch = epoch.next()) {
            for (int p = 0; p < batch.size(); p++) {
              assertEquals(turns.code(3, 2, 7 * batch.number() + p), batch.turn(p));
              seen.add(batch.turn(p));
              assertMask(batch, p, batch.offset(p));
              assertImage(batch, p, channels, type.bytes(), chw, reflect);
            }
          }
        }
      }
      assertEquals(
          switch (turns) {
            case NONE -> 1;
            case MIRROR -> 2;
            case FLIPS, QUARTERS -> 4;
            case ALL -> 8;
          },
          seen.size());
    }
  }

  @Test
  void planesAndLargerNumbersAreTurnedToo() throws IOException {
    try (MaskStore store = MaskStore.open(masks("s.masks"))) {
      Sampler sampler =
          Sampling.of(store, SIDE, SIDE).smallMasks(SmallMasks.PAD).patchesPerMask(4).uniform();
      SequencedMap<String, MaskStore> planes = new LinkedHashMap<>();
      planes.put("a", store);
      planes.put("b", store);
      try (PatchLoader loader =
              PatchLoader.of(MaskPlanes.of(planes), sampler).turns(Turns.ALL).batch(40).open();
          Epoch epoch = loader.epoch(0);
          Batch batch = epoch.next()) {
        for (int p = 0; p < 40; p++) {
          assertMask(batch, p, batch.offset(p, 0));
          assertMask(batch, p, batch.offset(p, 1));
        }
      }
      try (PatchLoader loader =
              PatchLoader.of(store, sampler)
                  .type(PixelType.FLOAT32)
                  .turns(Turns.ALL)
                  .batch(40)
                  .open();
          Epoch epoch = loader.epoch(0);
          Batch batch = epoch.next()) {
        for (int p = 0; p < 40; p++) {
          for (int i = 0; i < SIDE * SIDE; i++) {
            float found =
                batch
                    .patches()
                    .get(java.lang.foreign.ValueLayout.JAVA_FLOAT, batch.offset(p) + 4L * i);
            assertEquals(maskPixel(batch, p, i / SIDE, i % SIDE), found);
          }
        }
      }
    }
  }

  @Test
  void imagesLieBehindThePatchesInMemoryOfTheCaller() throws IOException {
    try (MaskStore store = MaskStore.open(masks("s.masks"));
        ImageStore pictures = ImageStore.open(images(3, ImageType.UINT8));
        Arena arena = Arena.ofShared()) {
      Sampler sampler = Sampling.of(store, SIDE, SIDE).smallMasks(SmallMasks.PAD).uniform();
      LoaderOptions options =
          PatchLoader.of(store, sampler).images(crops(pictures).scaled(true)).batch(5);
      long images = 5 * 4L * 3 * SIDE * SIDE;
      assertEquals((5 * SIDE * SIDE + 63) / 64 * 64 + (images + 63) / 64 * 64, options.slotBytes());
      MemorySegment memory = arena.allocate(options.memoryBytes(), 64);
      try (PatchLoader loader = options.memory(memory).open();
          Epoch epoch = loader.epoch(0);
          Batch batch = epoch.next()) {
        assertEquals(images, batch.images().byteSize());
        long at = batch.slot() * options.slotBytes() + (5 * SIDE * SIDE + 63) / 64 * 64;
        assertArrayEquals(
            batch.images().toArray(JAVA_BYTE), memory.asSlice(at, images).toArray(JAVA_BYTE));
      }
    }
  }

  @Test
  void imagesThatDoNotBelongToTheMasksAreNamed() throws IOException {
    try (MaskStore store = MaskStore.open(masks("s.masks"))) {
      Sampler sampler = Sampling.of(store, 2, 2).uniform();
      try (ImageStore pictures = ImageStore.open(images(1, ImageType.UINT8))) {
        LoaderOptions wrong =
            PatchLoader.of(store, sampler).images(ImageCrops.of(pictures, 3, 2)).batch(1);
        String message = assertThrows(IllegalArgumentException.class, wrong::open).getMessage();
        assertTrue(message.contains("crops of 3 x 2 pixels"), message);
      }
      refused(store, sampler, "few", List.of(0, 1), "", "has 2 images, and");
      List<Integer> swapped = List.of(0, 1, 3, 2, 4, 5, 6, 7, 8, 9);
      refused(
          store,
          sampler,
          "other",
          swapped,
          "x",
          "('x3') has 17 x 31 pixels (height x width), and mask 'm2' of");
    }
    List<Pixels> same = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      same.add(Pixels.noise(9, 8, i));
    }
    masks.clear();
    masks.addAll(same);
    masks.add(Pixels.noise(9, 8, 3));
    try (MaskStore store = MaskStore.open(Stores.write(folder.resolve("t.masks"), same))) {
      Sampler sampler = Sampling.of(store, 2, 2).uniform();
      refused(store, sampler, "order", List.of(0, 2, 1), "m", "is 'm2', and mask 1 of");
      // The image of the first mask is missing, and another one is too many.
      refused(store, sampler, "moved", List.of(1, 2, 3), "m", "is 'm2', and mask 1 of");
      try (ImageStore pictures = write("renamed", List.of(0, 2, 1), "other")) {
        PatchLoader.of(store, sampler)
            .images(ImageCrops.of(pictures, 2, 2))
            .batch(1)
            .open()
            .close();
      }
    }
  }

  private ImageStore write(String name, List<Integer> order, String prefix) throws IOException {
    Path path = folder.resolve(name + ".images");
    try (ImageStoreWriter writer = ImageStoreWriter.create(path, ImageType.UINT8, 1)) {
      for (int i : order) {
        Pixels mask = masks.get(i);
        MemorySegment image = MemorySegment.ofArray(new byte[mask.height() * mask.width()]);
        writer.add(prefix + i, mask.height(), mask.width(), image);
      }
      writer.commit();
    }
    return ImageStore.open(path);
  }

  private void refused(
      MaskStore store,
      Sampler sampler,
      String name,
      List<Integer> order,
      String prefix,
      String words)
      throws IOException {
    try (ImageStore pictures = write(name, order, prefix)) {
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  PatchLoader.of(store, sampler)
                      .images(ImageCrops.of(pictures, 2, 2))
                      .batch(1)
                      .open()
                      .close());
      assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
    }
  }

  @Test
  void turnsThatCannotBeAreRefused() throws IOException {
    try (MaskStore store = MaskStore.open(masks("s.masks"))) {
      Sampler wide = Sampling.of(store, 4, 6).uniform();
      LoaderOptions options = PatchLoader.of(store, wide).batch(2).turns(Turns.QUARTERS);
      Exception e = assertThrows(IllegalArgumentException.class, () -> options.open().close());
      assertTrue(e.getMessage().contains("quarter turns need square ones"), e.getMessage());
      PatchLoader.of(store, wide).batch(2).turns(Turns.FLIPS).open().close();
      LoaderOptions packed =
          PatchLoader.of(store, wide).batch(2).turns(Turns.FLIPS).type(PixelType.PACKED);
      assertThrows(IllegalArgumentException.class, () -> packed.open().close());
      try (PatchLoader loader = PatchLoader.of(store, wide).batch(2).open();
          Epoch epoch = loader.epoch(0);
          Batch batch = epoch.next()) {
        assertEquals(0, batch.images().byteSize());
        assertEquals(0, batch.imageBytes());
        assertEquals(0, batch.turn(1));
      }
    }
  }

  @Test
  void aStateKnowsTurnsAndImages() throws IOException {
    try (MaskStore store = MaskStore.open(masks("s.masks"));
        ImageStore pictures = ImageStore.open(images(3, ImageType.UINT8))) {
      Sampler sampler = Sampling.of(store, 4, 4).uniform();
      LoaderState state;
      try (PatchLoader loader =
              PatchLoader.of(store, sampler)
                  .images(ImageCrops.of(pictures, 4, 4))
                  .turns(Turns.FLIPS)
                  .batch(2)
                  .open();
          Epoch epoch = loader.epoch(0)) {
        epoch.next().close();
        state = LoaderState.fromJson(epoch.state().toJson());
        loader.resume(state).close();
      }
      assertEquals("flips", state.source().turns());
      assertEquals(pictures.fingerprint(), state.source().images());
      try (PatchLoader loader = PatchLoader.of(store, sampler).turns(Turns.FLIPS).batch(2).open()) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> loader.resume(state));
        assertTrue(e.getMessage().contains("and the loader has ''"), e.getMessage());
      }
      try (PatchLoader loader =
          PatchLoader.of(store, sampler).images(ImageCrops.of(pictures, 4, 4)).batch(2).open()) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> loader.resume(state));
        assertTrue(e.getMessage().contains("with turns flips"), e.getMessage());
      }
    }
  }
}
