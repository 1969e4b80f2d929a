package dev.maskmap.internal.files;

/**
 * Makes a fault under a map arrive where it is awaited. HotSpot turns the fault of compiled code
 * into an {@link InternalError} that is thrown at the next safepoint poll, and with everything
 * inlined that may be after the caller's {@code try} block, in code that knows nothing of the
 * store.
 */
public final class MapFaults {
  /** Always zero; volatile, so that the JIT cannot know and keeps the loop. */
  private static volatile int zero;

  private MapFaults() {}

  /** Passes one loop's back edge, and so a poll. Costs about a nanosecond. */
  public static void settle() {
    int i = 0;
    while (i + zero < 1) {
      i++;
    }
  }
}
