package dev.maskmap.convert;

/** Hears how far an import is, on the thread that runs it, after every mask and every input. */
@FunctionalInterface
public interface ImportProgress {
  /** Hears nothing. */
  ImportProgress NONE = state -> {};

  /** Something was done. */
  void update(State state);

  /**
   * How far it is.
   *
   * @param masks that the sink has taken
   * @param inputs that are done
   * @param allInputs in all
   * @param bytes of inputs that are done
   * @param allBytes in all
   */
  record State(long masks, int inputs, int allInputs, long bytes, long allBytes) {}
}
