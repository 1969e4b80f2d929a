package dev.maskmap.jmh;

import dev.maskmap.internal.kernel.Kernels;

/** The kernel of a forked process, chosen before anything is read. */
final class ForcedKernel {
  /** The machine's own choice. */
  static final String PREFERRED = "preferred";

  private ForcedKernel() {}

  /**
   * Has this process run one kernel.
   *
   * @param kernel {@code preferred}, {@code scalar}, {@code 128}, {@code 256} or {@code 512}
   * @throws IllegalStateException if the machine has no such kernel, or the process runs another
   *     already: benchmarks have to be forked
   */
  static void run(String kernel) {
    if (kernel.equals(PREFERRED)) {
      return;
    }
    System.setProperty(Kernels.PROPERTY, kernel);
    String running = Kernels.get().name();
    if (!running.endsWith(kernel)) {
      throw new IllegalStateException(
          "kernel %s: this process runs %s already; fork it".formatted(kernel, running));
    }
  }
}
