package dev.maskmap.internal.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * What to tell the system about mapped memory, and what to ask: {@code madvise} and {@code mincore}
 * (see madvise(2) and mincore(2)).
 *
 * <p>The range goes as an address and not as a segment. A segment would keep its arena from being
 * closed for as long as the call lasts, and closing would throw. If the range is unmapped meanwhile
 * the call fails, or tells of other memory; it changes nothing.
 */
public final class MapAdvice {
  /**
   * Set to {@code off}, no hints are given: to stores opened and batches allocated from then on.
   */
  public static final String PROPERTY = "maskmap.hints";

  /**
   * One call reads no more than the device takes at once, and forgets the rest: so many bytes are
   * safe with what Linux reads ahead by default.
   */
  private static final long STEP = 128 << 10;

  /** The same number on Linux and macOS. */
  private static final int MADV_WILLNEED = 3;

  private MapAdvice() {}

  /** Whether this system is one that has the calls, if native access is enabled. */
  public static boolean isSupported() {
    return Native.LINUX || Native.MAC;
  }

  /**
   * Whether hints are to be given: native access is enabled, and nobody has switched them off.
   * Cheap: looks for no function.
   */
  public static boolean isWanted() {
    return Native.isAllowed() && !"off".equals(System.getProperty(PROPERTY));
  }

  /** Bytes of a page; 4,096 where the system cannot be asked. */
  public static long pageBytes() {
    return Call.PAGE_BYTES;
  }

  /** Whether {@link #willNeed} does anything. */
  public static boolean canAdvise() {
    return Call.MADVISE != null;
  }

  /** Whether {@link #resident} can tell. */
  public static boolean canAsk() {
    return Call.MINCORE != null;
  }

  /**
   * Has the system begin to read a part of a mapped file, and does not wait for it. Allocates
   * nothing; on pages that are there already it costs about a microsecond.
   *
   * @param address where the part begins, inside a mapped file; rounded down to a page
   * @param bytes of the part, 1 or more
   */
  public static void willNeed(long address, long bytes) {
    long end = address + bytes;
    for (long at = address & -Call.PAGE_BYTES; at < end; at += STEP) {
      if (advise(at, Math.min(STEP, end - at), MADV_WILLNEED) != 0) {
        return;
      }
    }
  }

  /** Returns 0 where the system took the advice. */
  static int advise(long address, long bytes, int advice) {
    MethodHandle madvise = Call.MADVISE;
    if (madvise == null) {
      return -1;
    }
    try {
      return (int) madvise.invokeExact(address, bytes, advice);
    } catch (Throwable e) {
      throw Native.failed("madvise", e);
    }
  }

  /**
   * How many pages of a range are in memory. Linux says all of them where the process may not write
   * the file and does not own it.
   *
   * @param address a page's
   * @param pages 1 or more, as many as {@code answers} has bytes at most
   * @param answers where the system puts a byte for each page; not memory that may be freed
   *     meanwhile
   * @return -1 where the system cannot tell
   */
  public static long resident(long address, long pages, MemorySegment answers) {
    MethodHandle mincore = Call.MINCORE;
    if (mincore == null || pages > answers.byteSize()) {
      return -1;
    }
    try {
      if ((int) mincore.invokeExact(address, pages * Call.PAGE_BYTES, answers) != 0) {
        return -1;
      }
    } catch (Throwable e) {
      throw Native.failed("mincore", e);
    }
    long resident = 0;
    for (long i = 0; i < pages; i++) {
      resident += isResident(answers, i) ? 1 : 0;
    }
    return resident;
  }

  /** Whether a page is in memory, by the answers to a range of pages. */
  public static boolean isResident(MemorySegment answers, long page) {
    return (answers.get(ValueLayout.JAVA_BYTE, page) & 1) != 0;
  }

  /**
   * Looked for when the first is needed, which takes some milliseconds. Constants, so that calls
   * are compiled into their callers and allocate nothing.
   */
  private static final class Call {
    static final @Nullable MethodHandle MADVISE =
        Native.find("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    static final @Nullable MethodHandle MINCORE =
        Native.find("mincore", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS));
    static final long PAGE_BYTES = pageSize();

    private static long pageSize() {
      MethodHandle getpagesize = Native.find("getpagesize", FunctionDescriptor.of(JAVA_INT));
      if (getpagesize == null) {
        return 4096;
      }
      try {
        return (int) getpagesize.invokeExact();
      } catch (Throwable e) {
        throw Native.failed("getpagesize", e);
      }
    }
  }
}
