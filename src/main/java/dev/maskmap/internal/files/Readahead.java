package dev.maskmap.internal.files;

import dev.maskmap.internal.os.MapAdvice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Has the system read what a patch touches before it is touched, for as long as the file is not in
 * memory (docs/decisions/0015-hints.md). Without that each page fault reads on its own, and far
 * more than a patch needs.
 *
 * <p>Advice that was not needed costs a microsecond, so a mark for each page says that it was
 * given, and once all of the file seems to be in memory nothing more is said. About one read in a
 * thousand asks whether it is time to look at that again. Any number of threads; they share plain
 * fields: a mark that is lost costs one more call, and one that comes back a read without advice.
 * Allocates nothing once the first calls were made.
 */
public final class Readahead {
  /** Reads for one that asks whether it is time to look. */
  private static final int SELDOM = 1024;

  /** Announced at once: further ahead the system might drop it again before it is read. */
  private static final long MOST_BYTES = 8 << 20;

  /**
   * Where so many bytes or more lie between the columns of one row and those of the next, each is
   * announced on its own, because a disk would spend more time on what lies between.
   */
  private static final int FAR_APART = 10 << 10;

  private static final long SECOND = 1_000_000_000L;

  /** Where the system does not tell what is in memory, advice is repeated after so long. */
  private static final long FORGET_NANOS = 10 * SECOND;

  private static final int SMALLEST_PAGE_BITS = 12;
  private static final long MOST_MARKS = 1 << 24;

  /** A look takes so many samples of so many pages: all of a file of up to 16 MiB. */
  private static final int SAMPLES = 64;

  private static final int SAMPLE_PAGES = 64;

  private final FileMap file;

  /** The address of the page in which the map begins. */
  private final long base;

  /** Where the map ends, from there. */
  private final long end;

  private final boolean able;

  /** A bit for each {@code 1 << shift} bytes from {@link #base} on: advice was given. */
  private final long[] marks;

  private final int shift;

  private final AtomicBoolean looking = new AtomicBoolean();

  /** Not of the store's arena, which may be closed while the system writes the answers. */
  private final MemorySegment answers;

  private volatile long nextLook = System.nanoTime();

  /** Whether the system tells the truth about the file; asked at the first look, as it takes. */
  private @Nullable Boolean told;

  /** Whether advice is given: some of the file may not be in memory. */
  boolean watching;

  public Readahead(FileMap file) {
    this.file = file;
    long address = file.map().address();
    base = address & -(1L << SMALLEST_PAGE_BITS);
    end = address - base + file.map().byteSize();
    able = MapAdvice.isWanted();
    watching = able;
    int bits = SMALLEST_PAGE_BITS;
    while (end >>> bits >= MOST_MARKS) {
      bits++;
    }
    shift = bits;
    marks = new long[able ? (int) (end >>> bits >>> 6) + 1 : 0];
    answers = able ? Arena.ofAuto().allocate(SAMPLE_PAGES) : MemorySegment.NULL;
  }

  /** Whether a read should say what it will touch. */
  public boolean isWatching() {
    // By chance: a counter would be one that all threads write, and the patches of a program may
    // be the same few over and over.
    if (able && ThreadLocalRandom.current().nextInt(SELDOM) == 0) {
      lookIfDue();
    }
    return watching;
  }

  /** Says that bytes {@code from} to {@code to} of the map, the last excluded, will be read. */
  public void willRead(long from, long to) {
    long offset = file.map().address() - base;
    long first = (from + offset) >>> shift;
    long last = (Math.min(to, from + MOST_BYTES) - 1 + offset) >>> shift;
    while (first <= last && isMarked(first)) {
      first++;
    }
    while (first < last && isMarked(last)) {
      last--;
    }
    if (first > last) {
      return;
    }
    for (long m = first; m <= last; m++) {
      marks[(int) (m >>> 6)] |= 1L << m;
    }
    long begin = first << shift;
    MapAdvice.willNeed(base + begin, Math.min((last + 1) << shift, end) - begin);
  }

  /** As {@link #willRead}, of rows of so many bytes, {@code stride} bytes apart. */
  public void willReadRows(long from, int rows, long rowBytes, long stride) {
    if (stride - rowBytes < FAR_APART) {
      willRead(from, from + (rows - 1L) * stride + rowBytes);
      return;
    }
    for (int r = 0; r < rows; r++) {
      willRead(from + r * stride, from + r * stride + rowBytes);
    }
  }

  /** Advice is given again for every page. */
  public void forget() {
    Arrays.fill(marks, 0);
  }

  private boolean isMarked(long mark) {
    return (marks[(int) (mark >>> 6)] & 1L << mark) != 0;
  }

  /** Looks, if the last look is long enough ago. */
  public void lookIfDue() {
    if (able && System.nanoTime() - nextLook >= 0 && looking.compareAndSet(false, true)) {
      try {
        if (told == null) {
          told = file.isTold();
        }
        boolean known = told && look();
        nextLook = System.nanoTime() + (known ? SECOND : FORGET_NANOS);
        if (!known) {
          forget();
        }
      } finally {
        looking.set(false);
      }
    }
  }

  /** Finds out whether all is in memory. Returns false if the system does not tell. */
  private boolean look() {
    long page = MapAdvice.pageBytes();
    long address = base & -page;
    long pages = Math.ceilDiv(base + end - address, page);
    long samples = Math.min(SAMPLES, Math.ceilDiv(pages, SAMPLE_PAGES));
    boolean all = true;
    boolean lost = !watching;
    for (long s = 0; s < samples; s++) {
      // Each from a stretch of its own, at a place that changes from look to look.
      long from = pages * s / samples;
      long room = pages * (s + 1) / samples - from - SAMPLE_PAGES;
      long first = room <= 0 ? from : from + ThreadLocalRandom.current().nextLong(room + 1);
      long count = Math.min(SAMPLE_PAGES, pages - first);
      long resident = MapAdvice.resident(address + first * page, count, answers);
      if (resident < 0) {
        return false;
      }
      all &= resident == count;
      for (long p = 0; p < count && resident < count && !lost; p++) {
        long mark = Math.max(0, address + (first + p) * page - base) >>> shift;
        lost = !MapAdvice.isResident(answers, p) && isMarked(mark);
      }
    }
    if (!all && lost) {
      forget();
    }
    watching = !all;
    return true;
  }
}
