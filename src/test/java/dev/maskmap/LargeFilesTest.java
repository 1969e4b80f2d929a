package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Far beyond what an int can address, in sparse files. */
@Tag("kernel")
class LargeFilesTest {
  private static final int ROWS = 135;
  private static final int WIDTH = 1920;
  private static final long MASKS = 20_000;

  @TempDir Path folder;

  @Test
  void aHeaderlessFileOfFiveGigabytesIsReadAtItsEnd() throws IOException {
    Path file = sparse("large.bin", new byte[0]);
    try (MaskStore store = MaskStore.openRaw(file, 0, MASKS, 8 * ROWS, WIDTH)) {
      checkFarPixels(store);
    }
  }

  @Test
  void anArrayOfFiveGigabytesIsReadAtItsEnd() throws IOException {
    byte[] header = Stores.header(Stores.dict("|u1", false, MASKS, ROWS, WIDTH));
    try (MaskStore store = MaskStore.openPacked(sparse("large.npy", header), 8 * ROWS)) {
      checkFarPixels(store);
    }
  }

  @Test
  void oneMaskOfMoreThanTwoToThe32PixelsIsCountedAndWalked() throws IOException {
    int side = 70_000;
    long bytes = side / 8L * side;
    Path file = folder.resolve("wide.bin");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), bytes - 1);
      channel.write(ByteBuffer.wrap(new byte[] {(byte) 0x80}), bytes / 2);
    }
    try (MaskStore store = MaskStore.openRaw(file, 0, 1, side, side)) {
      Mask mask = store.mask(0);
      long middle = bytes / 2 / side * 8 * side + bytes / 2 % side;
      assertEquals(2, mask.count(Region.of(side / 2 - 8, 0, side - side / 2 + 8, side)));
      assertEquals(middle, mask.nextForeground(middle - 100_000));
      long last = (long) side * side - 1;
      assertEquals(last, mask.nextForeground(last - 1_000_000));
      assertTrue(mask.get(side - 1, side - 1));
    }
  }

  /** The last mask's first pixel, its last, and one mask beyond 2 GiB and 4 GiB each. */
  private Path sparse(String name, byte[] header) throws IOException {
    Path file = folder.resolve(name);
    long mask = (long) ROWS * WIDTH;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(header), 0);
      for (long index : new long[] {9_000, 17_000, MASKS - 1}) {
        long start = header.length + index * mask;
        channel.write(ByteBuffer.wrap(new byte[] {(byte) 0x80}), start);
        channel.write(ByteBuffer.wrap(new byte[] {1}), start + mask - 1);
      }
    }
    return file;
  }

  private static void checkFarPixels(MaskStore store) {
    assertEquals(MASKS, store.size());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment dst = arena.allocate(256 * 256);
      for (long index : new long[] {9_000, 17_000, MASKS - 1}) {
        Mask mask = store.mask(index);
        assertEquals(index, mask.index());
        assertEquals(2, mask.count());
        assertEquals(0, mask.nextForeground(0));
        assertEquals(8L * ROWS * WIDTH - 1, mask.nextForeground(1));
        store.read(index, 0, 0, 256, 256, PixelType.UINT8, dst, 0);
        assertEquals(1, dst.get(ValueLayout.JAVA_BYTE, 0));
        assertEquals(-1, dst.asSlice(1).mismatch(arena.allocate(256 * 256 - 1)));
        store.read(index, 8 * ROWS - 256, WIDTH - 256, 256, 256, PixelType.UINT8, dst, 0);
        assertEquals(1, dst.get(ValueLayout.JAVA_BYTE, 256 * 256 - 1));
        assertEquals(0, store.mask(index - 1).count());
      }
    }
  }
}
