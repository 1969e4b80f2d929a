package dev.maskmap.sample;

/** Shares of a batch, as numbers of patches. */
final class Shares {
  private Shares() {}

  static void check(String what, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "%s of foreground %s: expected 0 to 1".formatted(what, share));
    }
  }

  /**
   * The patches of a batch that a share comes to, rounded.
   *
   * @param what has the share, as a message begins
   * @throws IllegalArgumentException if the share is not 0 to 1, or above 0 and comes to none; or
   *     if the batch is below 1
   */
  static int patches(String what, double share, int batch) {
    check(what, share);
    if (batch < 1) {
      throw new IllegalArgumentException("a batch of %d: expected 1 or more".formatted(batch));
    }
    int patches = (int) Math.floor(share * batch + 0.5);
    if (share > 0 && patches == 0) {
      throw new IllegalArgumentException(
          "%s of %s of a batch of %d is not one patch; give %s or more"
              .formatted(what, share, batch, 0.5 / batch));
    }
    return patches;
  }
}
