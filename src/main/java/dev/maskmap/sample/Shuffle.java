package dev.maskmap.sample;

/**
 * A permutation of 0 to size - 1 that is computed, not kept: a Feistel network over pairs (a, b)
 * with modular addition, on the smallest near-square of pairs that holds the size, walked until it
 * comes back into the range (method FE1 of Black and Rogaway, "Ciphers with arbitrary finite
 * domains", CT-RSA 2002, with Draws for its round functions). Any place takes the same few steps,
 * in any order, on any thread.
 *
 * <p>Part of the format, as {@link Draws} is.
 */
final class Shuffle {
  /** Even numbers, so that the halves come out as they went in. */
  private static final int ROUNDS = 8;

  /** Of few numbers all orders can be told apart, and it takes more until they are even. */
  private static final int ROUNDS_OF_FEW = 24;

  private static final int FEW = 1024;

  private final long size;
  private final long rows;
  private final long columns;
  private final int rounds;

  /**
   * @param size 1 to 2^62
   */
  Shuffle(long size) {
    this.size = size;
    long root = ceilRoot(size);
    // Even: a shift of an odd number of rows is an even permutation, and so would be all rounds.
    rows = root + (root & 1);
    columns = Math.ceilDiv(size, rows);
    rounds = size < FEW ? ROUNDS_OF_FEW : ROUNDS;
  }

  private static long ceilRoot(long value) {
    long root = (long) Math.sqrt((double) value);
    while (root * root < value) {
      root++;
    }
    while ((root - 1) * (root - 1) >= value) {
      root--;
    }
    return root;
  }

  /** The numbers that are permuted. */
  long size() {
    return size;
  }

  /**
   * Where a place goes.
   *
   * @param key of the permutation
   * @param place 0 to size - 1
   */
  long apply(long key, long place) {
    long at = place;
    // Fewer pairs than two rows lie outside of the range: this hardly ever goes round twice.
    do {
      at = once(key, at);
    } while (at >= size);
    return at;
  }

  private long once(long key, long at) {
    long left = at / columns;
    long right = at % columns;
    long leftSize = rows;
    long rightSize = columns;
    for (long round = 0; round < rounds; round++) {
      long next = left + Draws.below(key, round << 32 | right, leftSize);
      next -= next >= leftSize ? leftSize : 0;
      left = right;
      right = next;
      long swap = leftSize;
      leftSize = rightSize;
      rightSize = swap;
    }
    return left * columns + right;
  }
}
