package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.Patches.Target;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A patch lands in any writable memory, and nowhere beside its place. */
@Tag("kernel")
@ParameterizedClass
@EnumSource(Layout.class)
class DestinationsTest {
  private static final int HEIGHT = 93;
  private static final int WIDTH = 211;

  @Parameter Layout layout;
  @TempDir Path folder;
  private Pixels source;
  private final Arena arena = Arena.ofShared();
  private MaskStore store;

  @BeforeEach
  void write() throws IOException {
    // Noise stays plain in every layout.
    source =
        layout == Layout.BITS ? Pixels.noise(HEIGHT, WIDTH, 42) : Pixels.blobs(HEIGHT, WIDTH, 42);
    store = MaskStore.open(Stores.write(folder.resolve("s.masks"), layout, List.of(source)));
  }

  @AfterEach
  void close() {
    store.close();
    arena.close();
  }

  @Test
  void everyKindOfMemoryTakesEveryTypeAndAgainAfterTheOthers() throws IOException {
    for (int round = 0; round < 3; round++) {
      for (Map.Entry<String, MemorySegment> kind : memory().entrySet()) {
        for (PixelType type : PixelType.values()) {
          checkPatches(kind.getValue(), type);
        }
      }
    }
  }

  private void checkPatches(MemorySegment memory, PixelType type) {
    Region[] regions = {
      Region.of(0, 0, HEIGHT, WIDTH),
      Region.of(13, 57, 40, 129),
      Region.of(92, 210, 1, 1),
      Region.of(5, 3, 64, 64),
      Region.of(7, 9, 31, 8)
    };
    for (Region region : regions) {
      for (long gap : new long[] {0, 1, 64, 1000}) {
        long bytes = Target.bytes(type, region.height(), region.width(), 24, gap);
        MemorySegment slice = memory.asSlice(8, (bytes + 15) / 8 * 8);
        Patches.check(store, 0, source, region, type, new Target(slice, 24, gap));
      }
    }
  }

  private Map<String, MemorySegment> memory() throws IOException {
    int bytes = HEIGHT * (WIDTH * 8 + 1000) + 64;
    Map<String, MemorySegment> kinds = new LinkedHashMap<>();
    kinds.put("native", arena.allocate(bytes));
    kinds.put("byte[]", MemorySegment.ofArray(new byte[bytes]));
    kinds.put("mapped", mapped(bytes));
    kinds.put("short[]", MemorySegment.ofArray(new short[bytes / 2]));
    kinds.put("int[]", MemorySegment.ofArray(new int[bytes / 4]));
    kinds.put("sliced", arena.allocate(bytes + 13).asSlice(13));
    kinds.put("float[]", MemorySegment.ofArray(new float[bytes / 4]));
    kinds.put("long[]", MemorySegment.ofArray(new long[bytes / 8]));
    kinds.put("double[]", MemorySegment.ofArray(new double[bytes / 8]));
    kinds.put("char[]", MemorySegment.ofArray(new char[bytes / 2]));
    return kinds;
  }

  private MemorySegment mapped(long bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("out.bin"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
    }
  }

  @Test
  void aPatchThatLeavesTheMaskIsRefusedWithTheLegalRange() {
    int[][] patches = {
      {-1, 0, 1, 1},
      {0, -1, 1, 1},
      {HEIGHT, 0, 1, 1},
      {0, WIDTH, 1, 1},
      {1, 0, HEIGHT, 1},
      {0, 1, 1, WIDTH},
      {Integer.MAX_VALUE, 0, 2, 1},
      {0, Integer.MAX_VALUE, 1, 2},
      {Integer.MIN_VALUE, 0, 1, 1},
      {1, 1, Integer.MAX_VALUE, Integer.MAX_VALUE}
    };
    MemorySegment dst = arena.allocate(1 << 20);
    for (int[] p : patches) {
      IndexOutOfBoundsException e =
          assertThrows(
              IndexOutOfBoundsException.class,
              () -> store.read(0, p[0], p[1], p[2], p[3], PixelType.UINT8, dst, 0));
      assertTrue(e.getMessage().contains("93"), e.getMessage());
      assertTrue(e.getMessage().contains("211"), e.getMessage());
    }
  }

  @Test
  void aMaskThatDoesNotExistIsRefusedWithTheNumberOfMasks() {
    MemorySegment dst = arena.allocate(64);
    for (long mask : new long[] {-1, 1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32}) {
      IndexOutOfBoundsException e =
          assertThrows(
              IndexOutOfBoundsException.class,
              () -> store.read(mask, 0, 0, 1, 1, PixelType.UINT8, dst, 0));
      assertTrue(e.getMessage().contains(Long.toString(mask)), e.getMessage());
      assertThrows(IndexOutOfBoundsException.class, () -> store.mask(mask));
      assertThrows(IndexOutOfBoundsException.class, () -> store.name(mask));
    }
  }

  @Test
  void aDestinationThatIsTooSmallIsRefusedUntouched() {
    for (PixelType type : PixelType.values()) {
      long bytes = type.patchBytes(16, 9);
      for (MemorySegment dst :
          new MemorySegment[] {
            arena.allocate(bytes + 3), MemorySegment.ofArray(new byte[(int) bytes + 3])
          }) {
        for (long offset : new long[] {4, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
          assertThrows(
              IndexOutOfBoundsException.class,
              () -> store.read(0, 1, 1, 16, 9, type, dst, offset),
              () -> type + " at " + offset);
        }
        long stride = type.rowBytes(9) + 4;
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> store.read(0, 1, 1, 16, 9, type, dst, 0, stride));
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> store.read(0, 1, 1, 16, 9, type, dst, 0, Long.MAX_VALUE / 4));
        assertTrue(dst.mismatch(MemorySegment.ofArray(new byte[(int) bytes + 3])) < 0);
      }
    }
  }

  @Test
  void senselessArgumentsAreRefused() {
    MemorySegment dst = arena.allocate(4096);
    for (int side : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> store.read(0, 0, 0, side, 1, PixelType.UINT8, dst, 0));
      assertThrows(
          IllegalArgumentException.class,
          () -> store.read(0, 0, 0, 1, side, PixelType.UINT8, dst, 0));
    }
    for (PixelType type : PixelType.values()) {
      long tooNarrow = type.rowBytes(9) - 1;
      for (long stride : new long[] {tooNarrow, 0, -1, Long.MIN_VALUE}) {
        assertThrows(
            IllegalArgumentException.class, () -> store.read(0, 0, 0, 16, 9, type, dst, 0, stride));
      }
      assertThrows(
          IllegalArgumentException.class,
          () -> store.read(0, 0, 0, 2, 2, type, dst.asReadOnly(), 0));
    }
  }
}
