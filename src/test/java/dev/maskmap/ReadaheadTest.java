package dev.maskmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.maskmap.internal.os.MapAdvice;
import dev.maskmap.internal.os.PageCache;
import dev.maskmap.testing.Allocations;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When advice is given, and when it is not. */
class ReadaheadTest {
  private static final int PAGE = 4096;
  private static final int PAGES = 512;
  private static final int HEADER = 128;

  /** A key by which it is looked whether it is time to look. */
  private static final long DUE = dueKey();

  @TempDir Path folder;
  private final Arena arena = Arena.ofShared();
  private Path path = Path.of("");
  private FileMap file = new FileMap(path, MemorySegment.NULL);

  private static long dueKey() {
    return LongStream.range(1, 1 << 20)
        .filter(key -> (key * 0x9E37_79B9_7F4A_7C15L) >>> (Long.SIZE - 10) == 0)
        .findFirst()
        .orElseThrow();
  }

  @BeforeEach
  void map() throws IOException {
    path = folder.resolve("f");
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(PAGES * PAGE));
      channel.force(true);
      file =
          new FileMap(path, channel.map(MapMode.READ_ONLY, HEADER, PAGES * PAGE - HEADER, arena));
    }
  }

  @AfterEach
  void close() {
    arena.close();
  }

  /** Drops the file, which a file system in memory does not, or skips the test. */
  private void drop() throws IOException {
    assumeTrue(PageCache.canDrop() && MapAdvice.pageBytes() == PAGE, "not tried here");
    PageCache.drop(path);
    assumeTrue(file.residentBytes() == 0, "nothing is dropped here");
  }

  private void awaitResident(long bytes) throws InterruptedException {
    for (int i = 0; i < 1000 && file.residentBytes() < bytes; i++) {
      Thread.sleep(5);
    }
    assertEquals(bytes, file.residentBytes());
  }

  @Test
  void aReadBringsThePagesThatItTouchesAndNoOthers() throws IOException, InterruptedException {
    drop();
    Readahead readahead = new Readahead(file);
    assertTrue(readahead.isWatching(1));
    readahead.willRead(10 * PAGE - HEADER, 12 * PAGE - HEADER);
    awaitResident(2 * PAGE);
    readahead.willRead(11 * PAGE - HEADER - 1, 12 * PAGE - HEADER + 1);
    awaitResident(3 * PAGE);
    readahead.willRead(PAGES * PAGE - HEADER - 1, PAGES * PAGE - HEADER);
    awaitResident(4 * PAGE);
    readahead.willRead(0, 1);
    awaitResident(5 * PAGE);
  }

  @Test
  void nothingIsSaidTwice() throws IOException, InterruptedException {
    drop();
    Readahead readahead = new Readahead(file);
    readahead.willRead(20 * PAGE, 24 * PAGE);
    awaitResident(5 * PAGE);
    PageCache.drop(path);
    assertEquals(0, file.residentBytes());
    readahead.willRead(20 * PAGE, 24 * PAGE);
    readahead.willRead(21 * PAGE, 22 * PAGE);
    Thread.sleep(50);
    assertEquals(0, file.residentBytes());
  }

  @Test
  void whatWasLostIsSaidAgainAfterALook() throws IOException, InterruptedException {
    drop();
    Readahead readahead = new Readahead(file);
    readahead.willRead(20 * PAGE, 24 * PAGE);
    awaitResident(5 * PAGE);
    PageCache.drop(path);
    assertTrue(readahead.isWatching(DUE));
    readahead.willRead(20 * PAGE, 24 * PAGE);
    awaitResident(5 * PAGE);
  }

  @Test
  void nothingIsSaidWhereAllIsInMemoryUntilItIsNoMore() throws IOException, InterruptedException {
    drop();
    file.warm(bytes -> {});
    assertEquals(file.map().byteSize(), file.residentBytes());
    Readahead readahead = new Readahead(file);
    assertTrue(readahead.isWatching(1), "nobody has looked");
    assertFalse(readahead.isWatching(DUE));
    assertFalse(readahead.isWatching(1));
  }

  @Test
  void aFileThatIsLostIsNoticedWithinASecondOrTwo() throws IOException, InterruptedException {
    drop();
    // Read through a channel: what was touched through the map is not dropped.
    try (FileChannel channel = FileChannel.open(path)) {
      channel.read(ByteBuffer.allocate(PAGES * PAGE));
    }
    Readahead readahead = new Readahead(file);
    assertFalse(readahead.isWatching(DUE));
    PageCache.drop(path);
    assertEquals(0, file.residentBytes());
    assertFalse(readahead.isWatching(DUE), "too soon");
    Thread.sleep(1100);
    assertTrue(readahead.isWatching(DUE));
    readahead.willRead(0, 1);
    awaitResident(PAGE);
  }

  @Test
  void warmingTouchesEveryPageWhereNoAdviceIsGiven() throws IOException {
    drop();
    System.setProperty(MapAdvice.PROPERTY, "off");
    try {
      file.warm(bytes -> {});
      assertEquals(file.map().byteSize(), file.residentBytes());
    } finally {
      System.clearProperty(MapAdvice.PROPERTY);
    }
  }

  @Test
  void onePageThatIsMissingOfFewIsSeen() throws IOException, InterruptedException {
    drop();
    MapAdvice.willNeed(file.map().address(), 300L * PAGE - HEADER);
    MapAdvice.willNeed(file.map().address() + 301L * PAGE - HEADER, (PAGES - 301L) * PAGE);
    awaitResident((PAGES - 1L) * PAGE);
    assertTrue(new Readahead(file).isWatching(DUE));
  }

  @Test
  void itIsSwitchedOffByAProperty() {
    System.setProperty(MapAdvice.PROPERTY, "off");
    try {
      Readahead readahead = new Readahead(file);
      assertFalse(readahead.isWatching(1));
      assertFalse(readahead.isWatching(DUE));
    } finally {
      System.clearProperty(MapAdvice.PROPERTY);
    }
  }

  @Test
  void withoutNativeAccessThereIsNone() {
    assumeTrue(!MapAdvice.isWanted());
    Readahead readahead = new Readahead(file);
    assertFalse(readahead.isWatching(1));
    assertFalse(readahead.isWatching(DUE));
    assertEquals(-1, file.residentBytes());
    file.warm(bytes -> {});
  }

  @Test
  void adviceAndLooksAllocateNothing() throws IOException {
    drop();
    Readahead readahead = new Readahead(file);
    assumeTrue(readahead.isWatching(1));
    double perCall = Double.MAX_VALUE;
    for (int round = 0; round < 30 && perCall >= 1; round++) {
      readahead.forget();
      long before = Allocations.ofThisThread();
      for (int i = 0; i < PAGES - 1; i++) {
        if (readahead.isWatching(i)) {
          readahead.willRead((long) i * PAGE, (long) i * PAGE + 1);
        }
      }
      perCall = (double) (Allocations.ofThisThread() - before) / PAGES;
    }
    assertTrue(perCall < 1, perCall + " B a call");
  }
}
