package dev.maskmap.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintsTest {
  private static final int BYTES = 1 << 20;

  @TempDir Path folder;

  private static boolean isEnabled() {
    return HintsTest.class.getModule().isNativeAccessEnabled();
  }

  @Test
  void whatIsNotAllowedIsSilentlyNotThere() throws IOException {
    assumeTrue(!isEnabled());
    assertFalse(MapAdvice.isWanted());
    assertFalse(MapAdvice.canAdvise());
    assertFalse(MapAdvice.canAsk());
    assertFalse(PageCache.canDrop());
    assertFalse(PathExchange.isAvailable());
    assertEquals(4096, MapAdvice.pageBytes());
    try (Arena arena = Arena.ofConfined()) {
      MapAdvice.willNeed(0, 1);
      assertEquals(-1, MapAdvice.resident(0, 1, arena.allocate(1)));
    }
    Path file = Files.write(folder.resolve("f"), new byte[1]);
    assertThrows(IOException.class, () -> PageCache.drop(file));
  }

  @Test
  void linuxHasAllOfThem() {
    assumeTrue(isEnabled() && Native.LINUX);
    assertTrue(MapAdvice.canAdvise() && MapAdvice.canAsk());
    assertTrue(PageCache.canDrop() && PathExchange.isAvailable());
    assertEquals(1, Long.bitCount(MapAdvice.pageBytes()));
  }

  @Test
  void whatIsNeededIsSoonThereAndWhatIsDroppedIsNot() throws IOException, InterruptedException {
    assumeTrue(isEnabled() && Native.LINUX);
    byte[] bytes = new byte[BYTES];
    new Random(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve("f"), bytes);
    try (FileChannel channel = FileChannel.open(file);
        Arena arena = Arena.ofConfined()) {
      sync(file);
      MemorySegment map = channel.map(MapMode.READ_ONLY, 100, BYTES - 100, arena);
      long page = MapAdvice.pageBytes();
      long first = map.address() & -page;
      long pages = BYTES / page;
      MemorySegment answers = arena.allocate(pages);
      assertEquals(pages, MapAdvice.resident(first, pages, answers));
      PageCache.drop(file);
      // A file system in memory keeps what it has.
      assumeTrue(MapAdvice.resident(first, pages, answers) == 0, "nothing is dropped here");

      MapAdvice.willNeed(map.address() + 5 * page, 3 * page);
      awaitPages(4, first + 5 * page, 4, answers);
      assertEquals(0, MapAdvice.resident(first, 5, answers), "pages before it");
      MapAdvice.willNeed(map.address(), BYTES - 100);
      awaitPages(pages, first, pages, answers);
      assertEquals(bytes[100], map.get(ValueLayout.JAVA_BYTE, 0));
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void awaitPages(long expected, long address, long pages, MemorySegment answers)
      throws InterruptedException {
    for (int i = 0; i < 1000 && MapAdvice.resident(address, pages, answers) < expected; i++) {
      Thread.sleep(5);
    }
    assertEquals(expected, MapAdvice.resident(address, pages, answers));
  }

  @Test
  void moreThanTheAnswersHoldIsNotAsked() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(1 << 16, 1 << 16);
      assertEquals(-1, MapAdvice.resident(memory.address(), 2, arena.allocate(1)));
    }
  }

  @Test
  void memoryOnHugePagesIsZeroAndOfTheSizeAskedFor() {
    try (Arena arena = Arena.ofConfined()) {
      for (long bytes : new long[] {0, 1, 4096, HugePages.BYTES, 3 * HugePages.BYTES - 7}) {
        MemorySegment memory = HugePages.allocate(bytes, 64, arena);
        assertEquals(bytes, memory.byteSize());
        assertEquals(0, memory.address() % 64);
        assertEquals(-1, memory.mismatch(MemorySegment.ofArray(new byte[(int) bytes])));
        memory.fill((byte) 1);
      }
    }
  }

  @Test
  void memoryIsOnHugePagesWhereTheSystemHasThem() throws IOException {
    assumeTrue(isEnabled() && Native.LINUX);
    Path setting = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    assumeTrue(Files.isReadable(setting) && !Files.readString(setting).contains("[never]"));
    try (Arena arena = Arena.ofConfined()) {
      // So much that the C library takes memory of its own for it.
      MemorySegment memory = HugePages.allocate(64 << 20, 64, arena);
      assertEquals(0, memory.address() % HugePages.BYTES);
      assertTrue(hugeBytes(memory.address()) >= 64 << 20, "" + hugeBytes(memory.address()));
    }
  }

  /** Bytes on huge pages in the mapping that holds an address. */
  private static long hugeBytes(long address) throws IOException {
    boolean inside = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      String[] range = line.split("[- ]", 3);
      if (range.length == 3 && range[0].matches("[0-9a-f]+") && range[1].matches("[0-9a-f]+")) {
        long from = Long.parseUnsignedLong(range[0], 16);
        inside = from <= address && address < Long.parseUnsignedLong(range[1], 16);
      } else if (inside && line.startsWith("AnonHugePages:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    return 0;
  }
}
