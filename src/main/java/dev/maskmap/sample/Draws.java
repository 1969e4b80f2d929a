package dev.maskmap.sample;

/**
 * Random numbers by address: the value at (seed, epoch, k, n) is a function of these four, with
 * nothing kept between two calls. Each is mixed into the next by the finalizer of SplitMix64
 * (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; constants
 * by Stafford, variant 13).
 *
 * <p>Part of the format: a change changes every patch that a seed has ever given.
 */
final class Draws {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private Draws() {}

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  private static long step(long state, long value) {
    return mix((state ^ value) + GAMMA);
  }

  private static long epoch(long seed, long epoch) {
    return step(step(0, seed), epoch);
  }

  /** What the order of an epoch is made of: no patch has this number. */
  static long orderKey(long seed, long epoch) {
    return step(epoch(seed, epoch), -1);
  }

  /** What patch k's numbers are made of. */
  static long key(long seed, long epoch, long k) {
    return step(epoch(seed, epoch), k);
  }

  /** What the numbers of one attempt at patch k are made of. */
  static long key(long seed, long epoch, long k, int attempt) {
    return attempt == 0 ? key(seed, epoch, k) : step(key(seed, epoch, k), ~(long) attempt);
  }

  /** The n-th 64 random bits of a key. */
  static long bits(long key, long n) {
    return step(key, n);
  }

  /**
   * The n-th number of a key, 0 to {@code bound - 1}. The high half of a product (Lemire, "Fast
   * random integer generation in an interval", 2019), without the rejection: no number's share is
   * off by more than {@code bound / 2^64} of itself.
   *
   * @param bound at least 1
   */
  static long below(long key, long n, long bound) {
    return Math.unsignedMultiplyHigh(bits(key, n), bound);
  }
}
