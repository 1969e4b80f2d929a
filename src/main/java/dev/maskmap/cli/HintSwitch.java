package dev.maskmap.cli;

import dev.maskmap.internal.os.MapAdvice;

/** Switches hints off for a while; stores look at the switch when they are opened. */
final class HintSwitch {
  private HintSwitch() {}

  /** Something that opens a store and reads it. */
  @FunctionalInterface
  interface Reading<T, E extends Exception> {
    T run() throws E, InterruptedException;
  }

  /**
   * Runs {@code reading}.
   *
   * @param hints whether stores that it opens may give hints
   */
  static <T, E extends Exception> T with(boolean hints, Reading<T, E> reading)
      throws E, InterruptedException {
    String before = System.getProperty(MapAdvice.PROPERTY);
    if (!hints) {
      System.setProperty(MapAdvice.PROPERTY, "off");
    }
    try {
      return reading.run();
    } finally {
      if (before == null) {
        System.clearProperty(MapAdvice.PROPERTY);
      } else {
        System.setProperty(MapAdvice.PROPERTY, before);
      }
    }
  }
}
