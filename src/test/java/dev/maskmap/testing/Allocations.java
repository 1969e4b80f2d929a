package dev.maskmap.testing;

import java.lang.reflect.Method;

/**
 * Bytes that the current thread has allocated. Through reflection, because the module under test
 * does not read {@code jdk.management} and should not for the tests' sake.
 */
public final class Allocations {
  private static final Object BEAN;
  private static final Method BYTES;

  static {
    try {
      BEAN =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      BYTES =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getCurrentThreadAllocatedBytes");
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
}
