package dev.maskmap.testing;

import java.lang.reflect.Method;
import java.util.List;

/**
 * Bytes that threads have allocated. Through reflection, because the module under test does not
 * read {@code jdk.management} and should not for the tests' sake.
 */
public final class Allocations {
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
}
