package dev.maskmap.internal.files;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When advice is given, and when it is not. */
class ReadaheadTest {
  private static final int PAGE = 4096;
  private static final int PAGES = 512;
  private static final int HEADER = 128;

  @TempDir Path folder;
  private final Arena arena = Arena.ofShared();
  private Path path = Path.of("");
  private FileMap file = new FileMap(path, MemorySegment.NULL);

  @BeforeEach
  void map() throws IOException {
    map(PAGES);
  }

  private void map(int pages) throws IOException {
    path = folder.resolve("f" + pages);
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(pages * PAGE));
      channel.force(true);
      file =
          new FileMap(path, channel.map(MapMode.READ_ONLY, HEADER, pages * PAGE - HEADER, arena));
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

  /** As if it were time to look, or had been if the last look is long ago. */
  private static boolean isWatching(Readahead readahead) {
    readahead.lookIfDue();
    return readahead.watching;
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
    assertTrue(readahead.watching);
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
    assertTrue(isWatching(readahead));
    readahead.willRead(20 * PAGE, 24 * PAGE);
    awaitResident(5 * PAGE);
  }

  @Test
  void nothingIsSaidWhereAllIsInMemoryUntilItIsNoMore() throws IOException, InterruptedException {
    drop();
    file.warm(bytes -> {});
    assertEquals(file.map().byteSize(), file.residentBytes());
    Readahead readahead = new Readahead(file);
    assertTrue(readahead.watching, "nobody has looked");
    assertFalse(isWatching(readahead));
    assertFalse(readahead.watching);
  }

  @Test
  void aFileThatIsLostIsNoticedWithinASecondOrTwo() throws IOException, InterruptedException {
    drop();
    // Read through a channel: what was touched through the map is not dropped.
    try (FileChannel channel = FileChannel.open(path)) {
      channel.read(ByteBuffer.allocate(PAGES * PAGE));
    }
    Readahead readahead = new Readahead(file);
    assertFalse(isWatching(readahead));
    PageCache.drop(path);
    assertEquals(0, file.residentBytes());
    assertFalse(isWatching(readahead), "too soon");
    Thread.sleep(1100);
    assertTrue(isWatching(readahead));
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
    assertTrue(isWatching(new Readahead(file)));
  }

  /** The same patch over and over, as a small validation set is read. */
  @Test
  void readsLookByChanceWhateverTheyRead() throws IOException {
    drop();
    file.warm(bytes -> {});
    Readahead readahead = new Readahead(file);
    int reads = 0;
    while (readahead.isWatching() && reads < 100_000) {
      reads++;
    }
    assertTrue(reads < 100_000, "nobody has looked");
  }

  @Test
  void ofManyMegabytesTheBeginningIsAnnounced() throws IOException, InterruptedException {
    map(5_000);
    drop();
    new Readahead(file).willRead(0, file.map().byteSize());
    // Those in which the first 8 MiB behind the header lie.
    awaitResident(2_049L * PAGE);
  }

  @Test
  void itIsSwitchedOffByAProperty() {
    System.setProperty(MapAdvice.PROPERTY, "off");
    try {
      Readahead readahead = new Readahead(file);
      assertFalse(readahead.watching);
      assertFalse(isWatching(readahead));
    } finally {
      System.clearProperty(MapAdvice.PROPERTY);
    }
  }

  @Test
  void withoutNativeAccessThereIsNone() {
    assumeTrue(!MapAdvice.isWanted());
    Readahead readahead = new Readahead(file);
    assertFalse(readahead.watching);
    assertFalse(isWatching(readahead));
    assertEquals(-1, file.residentBytes());
    file.warm(bytes -> {});
  }

  @Test
  void adviceAndLooksAllocateNothing() throws IOException {
    drop();
    Readahead readahead = new Readahead(file);
    assumeTrue(readahead.watching);
    double perCall = Double.MAX_VALUE;
    for (int round = 0; round < 30 && perCall >= 1; round++) {
      readahead.forget();
      long before = Allocations.ofThisThread();
      for (int i = 0; i < PAGES - 1; i++) {
        if (isWatching(readahead)) {
          readahead.willRead((long) i * PAGE, (long) i * PAGE + 1);
        }
      }
      perCall = (double) (Allocations.ofThisThread() - before) / PAGES;
    }
    assertTrue(perCall < 1, perCall + " B a call");
  }
}
