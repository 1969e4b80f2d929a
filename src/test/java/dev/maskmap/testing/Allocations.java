package dev.maskmap.testing;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Bytes that threads have allocated. Through reflection, because the module under test does not
 * read {@code jdk.management} and should not for the tests' sake.
 */
public final class Allocations {
  /** Rounds without an allocation, one after the other, after which it is believed. */
  private static final int QUIET = 8;

  /** What a compiler may take, where there is one and the machine is busy: nanoseconds. */
  private static final long PATIENCE = 20_000_000_000L;

  private static final Object BEAN;
  private static final Method BYTES;
  private static final Method BYTES_OF;

  static {
    try {
      BEAN =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      BYTES =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getCurrentThreadAllocatedBytes");
      BYTES_OF =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getThreadAllocatedBytes", long.class);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private Allocations() {}

  public static long ofThisThread() {
    try {
      return (long) BYTES.invoke(BEAN);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Those of other threads together. */
  public static long of(List<Thread> threads) {
    long sum = 0;
    try {
      for (Thread thread : threads) {
        sum += (long) BYTES_OF.invoke(BEAN, thread.threadId());
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return sum;
  }

  /** Live threads by the beginning of their names. */
  public static List<Thread> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  }

  /**
   * Works, round by round, until those threads allocate nothing any more, and prints the name; the
   * first round does not count, since it loads classes.
   *
   * @throws IllegalStateException if they go on allocating
   */
  public static void settle(String name, List<Thread> threads, IntConsumer work) {
    work.accept(0);
    long end = System.nanoTime() + PATIENCE;
    int quiet = 0;
    for (int round = 1; quiet < QUIET; round++) {
      long asked = of(threads);
      long before = of(threads);
      work.accept(round);
      long bytes = of(threads) - before - (before - asked);
      quiet = bytes == 0 ? quiet + 1 : 0;
      if (bytes != 0 && System.nanoTime() > end) {
        throw new IllegalStateException(name + " allocates " + bytes + " bytes a round");
      }
    }
    System.out.println(name);
  }
}
