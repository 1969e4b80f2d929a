package dev.maskmap.sample;

/**
 * How patches are turned: which of the eight ways to lay a square on itself, drawn for each patch.
 *
 * <p>A turn has a code, 0 to 7. Where {@code code & 4} is set the patch is mirrored left to right
 * first; then it is turned {@code code & 3} quarters counter-clockwise. In NumPy that is {@code
 * rot90(fliplr(a) if code & 4 else a, code & 3)} over rows and columns. A patch that is padded is
 * padded first, and then turned.
 */
public enum Turns {
  /** As it lies: 0. */
  NONE(0),
  /** Half of them mirrored left to right: 0 and 4. */
  MIRROR(0, 4),
  /** Mirrored left to right, top to bottom, both or not at all: 0, 4, 2 and 6. */
  FLIPS(0, 4, 2, 6),
  /** Turned by quarters, not mirrored: 0 to 3. For square patches. */
  QUARTERS(0, 1, 2, 3),
  /** All eight: 0 to 7. For square patches. */
  ALL(0, 1, 2, 3, 4, 5, 6, 7);

  /** The number of a patch that its turn is drawn from; no sampler uses it. */
  private static final int TURN = -1;

  @SuppressWarnings("ImmutableEnumChecker") // never handed out, and never written
  private final int[] codes;

  Turns(int... codes) {
    this.codes = codes;
  }

  /**
   * The turn of patch k, a function of the three numbers as the patch itself is; each turn of the
   * kind is equally likely. Allocates nothing; safe for several threads.
   *
   * @return its code, 0 to 7
   */
  public int code(long seed, long epoch, long k) {
    return codes[(int) Draws.below(Draws.key(seed, epoch, k), TURN, codes.length)];
  }

  /** Whether some turns change height and width, so that patches have to be square. */
  public boolean needsSquare() {
    return this == QUARTERS || this == ALL;
  }
}
