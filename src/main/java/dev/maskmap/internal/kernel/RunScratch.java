package dev.maskmap.internal.kernel;

/**
 * A little memory of each thread for runs and where they begin. A patch's packed rows lie one
 * behind the other: one copy takes all of them out of the map, and what follows asks an array,
 * which costs a tenth of the checks.
 */
public final class RunScratch {
  private static final ThreadLocal<RunScratch> SCRATCH = ThreadLocal.withInitial(RunScratch::new);

  /** Room for as many runs as a block of {@link Scratch#MAX_WIDTH} columns can have. */
  public final byte[] runs = new byte[Scratch.MAX_WIDTH * (Integer.BYTES + 1)];

  /** Room for where each packed row of a block begins, and where the last ends. */
  public final int[] starts = new int[Scratch.BYTES / Scratch.stride(1) + 1];

  private RunScratch() {}

  /** The calling thread's memory, which its next read overwrites. */
  public static RunScratch get() {
    return SCRATCH.get();
  }
}
