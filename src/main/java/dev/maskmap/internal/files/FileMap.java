package dev.maskmap.internal.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.internal.os.MapAdvice;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * A file, or the end of one, as it is mapped.
 *
 * @param file the file
 * @param map its bytes, in the arena of the store
 */
public record FileMap(Path file, MemorySegment map) {
  /** Asked of the system at once. */
  private static final int ANSWERS = 1 << 16;

  /** Read ahead of what is touched, so that the disk never waits. */
  private static final long WINDOW = 8 << 20;

  /** No page is smaller on any machine that runs this. */
  private static final int SMALLEST_PAGE = 4096;

  /** Keeps loads whose values nobody wants: the compiler cannot know that nobody reads it. */
  private static volatile int sink;

  /**
   * Whether the system tells which pages are in memory, and truly: Linux says all of them of a file
   * that the process neither owns nor may write, lest it learn what others read.
   */
  public boolean isTold() {
    if (!MapAdvice.canAsk()) {
      return false;
    }
    try {
      return Files.isWritable(file)
          || Files.getOwner(file).getName().equals(System.getProperty("user.name"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Bytes that are in memory, or -1 where the system does not tell. */
  public long residentBytes() {
    if (!isTold()) {
      return -1;
    }
    long page = MapAdvice.pageBytes();
    long first = map.address() & -page;
    long pages = Math.ceilDiv(map.address() + map.byteSize() - first, page);
    MemorySegment answers = Arena.ofAuto().allocate(Math.clamp(pages, 1, ANSWERS));
    long resident = 0;
    for (long p = 0, n; p < pages; p += n) {
      n = Math.min(answers.byteSize(), pages - p);
      long here = MapAdvice.resident(first + p * page, n, answers);
      if (here < 0) {
        return -1;
      }
      resident += here;
    }
    // Pages at the ends are counted as whole ones, but never so that one that is missing is not
    // seen.
    return resident == pages ? map.byteSize() : Math.min(resident * page, map.byteSize() - 1);
  }

  /**
   * Reads all of it into memory, from front to back. Where the system takes no advice, its own
   * readahead serves. Ends early, where it is, if the thread is interrupted.
   *
   * @param progress is told how many bytes were reached
   */
  public void warm(LongConsumer progress) {
    long bytes = map.byteSize();
    if (!Thread.currentThread().isInterrupted()) {
      advise(0, WINDOW);
    }
    for (long at = 0; at < bytes && !Thread.currentThread().isInterrupted(); at += WINDOW) {
      advise(at + WINDOW, WINDOW);
      long end = Math.min(at + WINDOW, bytes);
      sink = touch(at, end);
      progress.accept(end);
    }
  }

  private void advise(long from, long length) {
    if (MapAdvice.isWanted() && from < map.byteSize()) {
      MapAdvice.willNeed(map.address() + from, Math.min(length, map.byteSize() - from));
    }
  }

  private int touch(long from, long to) {
    int sum = sink + map.get(JAVA_BYTE, to - 1);
    for (long at = from; at < to; at += SMALLEST_PAGE) {
      sum += map.get(JAVA_BYTE, at);
    }
    return sum;
  }
}
