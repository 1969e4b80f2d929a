package dev.maskmap.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting for another thread where nothing may be thrown that is checked, as in a sampler. */
public final class Latches {
  /** Longer than a busy machine takes for anything that a test waits for. */
  public static final long PATIENCE_NANOS = 20_000_000_000L;

  private Latches() {}

  /** Whether it opens in time. */
  public static boolean await(CountDownLatch latch) {
    return await(latch, PATIENCE_NANOS);
  }

  /** Whether it opens within so many nanoseconds. */
  public static boolean await(CountDownLatch latch, long nanos) {
    try {
      return latch.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
