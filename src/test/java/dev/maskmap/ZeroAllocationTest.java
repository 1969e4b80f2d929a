package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Allocations;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read allocates nothing once compiled, whatever kinds of memory came before. */
@Tag("kernel")
class ZeroAllocationTest {
  private static final int READS = 10_000;
  private static final int ROUNDS = 30;
  private static final int SIDE = 64;

  @TempDir Path folder;
  private final Arena arena = Arena.ofShared();
  private MaskStore store;

  @BeforeEach
  void write() throws IOException {
    store = MaskStore.open(Stores.write(folder.resolve("s.masks"), Pixels.noise(200, 300, 1)));
  }

  @AfterEach
  void close() {
    store.close();
    arena.close();
  }

  @Test
  void nativeReadsAllocateNothing() {
    MemorySegment dst = arena.allocate(SIDE * SIDE * 8);
    for (PixelType type : PixelType.values()) {
      assertSettlesAtNothing(type, dst, "native");
    }
  }

  @Test
  void readsAllocateNothingAfterHeapNativeAndMappedMemoryWereMixed() throws IOException {
    MemorySegment[] kinds = {
      arena.allocate(SIDE * SIDE * 8),
      MemorySegment.ofArray(new byte[SIDE * SIDE * 8]),
      mapped(SIDE * SIDE * 8),
      MemorySegment.ofArray(new float[SIDE * SIDE * 2])
    };
    for (int round = 0; round < 2000; round++) {
      for (PixelType type : PixelType.values()) {
        for (MemorySegment kind : kinds) {
          read(type, kind, round);
        }
      }
    }
    for (PixelType type : PixelType.values()) {
      for (MemorySegment kind : kinds) {
        assertSettlesAtNothing(type, kind, kind.toString());
      }
    }
  }

  @Test
  void readsOfDataSetsOfMasksOfDifferentSizesAllocateNothing() throws IOException {
    store.close();
    Path set = folder.resolve("set.masks");
    for (int part = 0; part < 2; part++) {
      try (MaskStoreWriter writer = MaskStoreWriter.append(set)) {
        Pixels mask = Pixels.noise(200 + part, 300, 1);
        MemorySegment pixels = MemorySegment.ofArray(mask.bytes());
        writer.add("a" + part, mask.height(), 300, pixels, 300);
        writer.add("b" + part, 20, 30, pixels, 30);
        writer.commit();
      }
    }
    store = MaskStore.open(set);
    for (PixelType type : PixelType.values()) {
      assertSettlesAtNothing(type, arena.allocate(SIDE * SIDE * 8), "native");
    }
  }

  private void assertSettlesAtNothing(PixelType type, MemorySegment dst, String what) {
    double perRead = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS && perRead >= 1; round++) {
      long before = Allocations.ofThisThread();
      for (int i = 0; i < READS; i++) {
        read(type, dst, i);
      }
      perRead = (double) (Allocations.ofThisThread() - before) / READS;
    }
    assertTrue(perRead < 1, "%s into %s: %.1f B a read".formatted(type, what, perRead));
  }

  private void read(PixelType type, MemorySegment dst, int i) {
    store.read(0, i % (200 - SIDE), i % (300 - SIDE), SIDE, SIDE, type, dst, 0);
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
}
