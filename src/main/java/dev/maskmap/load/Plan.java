package dev.maskmap.load;

/**
 * Which patches are in which batch, and which batches are whose. Batch n holds patches {@code n *
 * batch} to {@code (n + 1) * batch}, and goes to rank {@code (n - from) mod world}, where {@code
 * from} is the batch that the ranks began with. So what is in a batch, and which place in it a
 * patch has, does not depend on the number of ranks.
 *
 * @param patches of the epoch
 * @param batch patches of a batch
 * @param keepLast whether the last batch counts where it is not full; with {@link Uneven#EXACT} it
 *     does in any case
 * @param rank 0 to world - 1
 */
record Plan(long patches, int batch, boolean keepLast, int rank, int world, Uneven uneven) {
  Plan {
    if (batch < 1) {
      throw new IllegalArgumentException("a batch of %d: expected 1 or more".formatted(batch));
    }
    if (world < 1 || rank < 0 || rank >= world) {
      throw new IllegalArgumentException(
          "rank %d of %d: expected 0 to the number of ranks, which is excluded"
              .formatted(rank, world));
    }
  }

  /** Batches of an epoch, of all ranks. */
  long allBatches() {
    boolean all = keepLast || uneven == Uneven.EXACT;
    return all ? Math.ceilDiv(patches, batch) : patches / batch;
  }

  /**
   * Batches that this rank reads.
   *
   * @param from the first batch of the epoch that nobody has read
   */
  long batches(long from) {
    long left = allBatches() - from;
    return switch (uneven) {
      case DROP -> left / world;
      case WRAP -> Math.ceilDiv(left, world);
      case EXACT -> Math.ceilDiv(Math.max(left - rank, 0), world);
    };
  }

  /** The number in the epoch of this rank's i-th batch, counted from {@code from} on. */
  long number(long from, long i) {
    return (from + i * world + rank) % allBatches();
  }

  /** Patches of a batch: fewer in the last one only. */
  int size(long number) {
    return (int) Math.min(batch, patches - number * batch);
  }
}
