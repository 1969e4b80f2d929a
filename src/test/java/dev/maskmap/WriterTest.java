package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes into a store comes out of it, and the same input gives the same bytes. */
@Tag("kernel")
class WriterTest {
  private static final List<String> NAMES =
      List.of("a", "ä/β/маска 3", "🙂.png", " ", "日本語", "x".repeat(4096), "é".repeat(2048), "A");

  @TempDir Path folder;

  @Test
  void masksAndNamesComeBackInTheOrderTheyWereAdded() throws IOException {
    Path path = folder.resolve("s.masks");
    List<Pixels> masks = new ArrayList<>();
    try (MaskStoreWriter writer = MaskStoreWriter.create(path, 21, 33)) {
      for (int i = 0; i < NAMES.size(); i++) {
        masks.add(Pixels.noise(21, 33, i));
        Stores.add(writer, NAMES.get(i), masks.get(i));
      }
      writer.commit();
    }
    try (MaskStore store = MaskStore.open(path)) {
      assertEquals(NAMES.size(), store.size());
      assertTrue(store.hasNames());
      assertEquals(Layout.BITS, store.layout());
      assertTrue(store.id().matches("[0-9a-f]{32}"), store.id());
      for (int i = 0; i < NAMES.size(); i++) {
        assertEquals(NAMES.get(i), store.name(i));
        assertEquals(NAMES.get(i), store.mask(i).name());
        assertEquals(i, store.indexOf(NAMES.get(i)));
        assertEquals(i, store.mask(i).index());
        assertEquals(21, store.mask(i).height());
        assertEquals(33, store.mask(i).width());
        assertArrayEquals(masks.get(i).bytes(), store.mask(i).toBytes());
      }
      assertEquals(-1, store.indexOf("nobody"));
      assertEquals(-1, store.indexOf(""));
    }
  }

  @Test
  void packedRowsAndBytesOfAnyValueGiveTheSameStore() throws IOException {
    Path ones = folder.resolve("ones.masks");
    Path packed = folder.resolve("packed.masks");
    Path strided = folder.resolve("strided.masks");
    Path heap = folder.resolve("heap.masks");
    for (int[] size : new int[][] {{1, 1}, {8, 64}, {37, 131}, {40, 7}, {9, 300}}) {
      Pixels source = Pixels.noise(size[0], size[1], 5);
      Stores.write(ones, source);
      try (MaskStoreWriter writer = MaskStoreWriter.create(packed, size[0], size[1]);
          Arena arena = Arena.ofConfined()) {
        writer.addPacked("m0", Stores.copy(source.packed(), arena));
        writer.commit();
      }
      try (MaskStoreWriter writer = MaskStoreWriter.create(strided, size[0], size[1]);
          Arena arena = Arena.ofConfined()) {
        writer.add("m0", strided(source, arena, 13), size[1] + 13);
        writer.commit();
      }
      try (MaskStoreWriter writer = MaskStoreWriter.create(heap, size[0], size[1])) {
        writer.add("m0", MemorySegment.ofArray(source.bytes((byte) 0x80)), size[1]);
        writer.commit();
      }
      for (Path other : List.of(packed, strided, heap)) {
        assertSameFiles(ones, other);
        Stores.delete(other);
      }
      Stores.delete(ones);
    }
  }

  @Test
  void packedRowsWithJunkPastTheHeightAreRefused() throws IOException {
    byte[] junk = Pixels.noise(13, 40, 5).packed();
    junk[40] |= 1;
    try (MaskStoreWriter writer = MaskStoreWriter.create(folder.resolve("s.masks"), 13, 40)) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> writer.addPacked("m0", MemorySegment.ofArray(junk)));
      assertTrue(refused.getMessage().contains("packed byte 40"), refused.getMessage());
    }
  }

  @Test
  void theSameInputGivesTheSameBytesAndAnotherInputAnotherId() throws IOException {
    List<Pixels> masks = List.of(Pixels.noise(30, 50, 1), Pixels.noise(30, 50, 2));
    Path first = Stores.write(folder.resolve("first.masks"), masks);
    Path again = Stores.write(folder.resolve("again.masks"), masks);
    Path other = Stores.write(folder.resolve("other.masks"), masks.reversed());
    assertSameFiles(first, again);
    try (MaskStore a = MaskStore.open(first);
        MaskStore b = MaskStore.open(other)) {
      assertNotEquals(a.id(), b.id());
    }
  }

  @Test
  void aNameThatIsNoNameIsRefusedAndTheWriterGoesOn() throws IOException {
    Pixels source = Pixels.noise(9, 9, 1);
    Path path = folder.resolve("s.masks");
    try (MaskStoreWriter writer = MaskStoreWriter.create(path, 9, 9)) {
      Stores.add(writer, "good", source);
      for (String bad :
          List.of(
              "",
              "x".repeat(4097),
              "é".repeat(2049),
              "a\nb",
              "a\tb",
              "\u0000",
              "\u007f",
              "\u0085",
              "good",
              "\ud800")) {
        assertThrows(
            IllegalArgumentException.class, () -> Stores.add(writer, bad, source), () -> bad);
      }
      Stores.add(writer, "better", source);
      writer.commit();
    }
    try (MaskStore store = MaskStore.open(path)) {
      assertEquals(2, store.size());
      assertEquals("better", store.name(1));
    }
    assertEquals(List.of(), Verification.of(path, done -> {}).problems());
  }

  @Test
  void aMaskThatDoesNotFitIsRefused() throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(folder.resolve("s.masks"), 9, 9);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(81);
      assertThrows(RuntimeException.class, () -> writer.add("short", bytes.asSlice(1), 9));
      assertThrows(IllegalArgumentException.class, () -> writer.add("narrow", bytes, 8));
      assertThrows(RuntimeException.class, () -> writer.add("wide", bytes, 10));
      assertThrows(RuntimeException.class, () -> writer.add("huge", bytes, Long.MAX_VALUE));
      assertThrows(RuntimeException.class, () -> writer.addPacked("p", bytes.asSlice(0, 17)));
      assertThrows(RuntimeException.class, () -> writer.addPacked("p", bytes.asSlice(0, 19)));
    }
    assertEquals(List.of(), Stores.names(folder));
  }

  @Test
  void masksWithoutPixelsAreRefused() {
    for (int[] size : new int[][] {{0, 1}, {1, 0}, {-1, 1}, {1, -1}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> MaskStoreWriter.create(folder.resolve("s.masks"), size[0], size[1]).close());
    }
    assertFalse(Files.exists(folder.resolve("s.masks")));
  }

  private static MemorySegment strided(Pixels source, Arena arena, int gap) {
    int stride = source.width() + gap;
    MemorySegment out = arena.allocate((source.height() - 1L) * stride + source.width());
    out.fill((byte) 0xEE);
    byte[] bytes = source.bytes((byte) -1);
    for (int y = 0; y < source.height(); y++) {
      MemorySegment.copy(
          MemorySegment.ofArray(bytes),
          (long) y * source.width(),
          out,
          (long) y * stride,
          source.width());
    }
    return out;
  }

  private static void assertSameFiles(Path a, Path b) throws IOException {
    assertEquals(Stores.names(a), Stores.names(b));
    for (String name : Stores.names(a)) {
      assertEquals(-1, Files.mismatch(a.resolve(name), b.resolve(name)), name);
    }
  }
}
