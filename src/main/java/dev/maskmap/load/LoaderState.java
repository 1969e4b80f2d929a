package dev.maskmap.load;

/**
 * Where a loader is: what it takes to go on from there. It is the same for all ranks that have had
 * the same number of batches, and says nothing of how many ranks there are.
 *
 * @param seed of the patches
 * @param epoch under way
 * @param next the first patch of the epoch that no rank was handed
 */
public record LoaderState(long seed, long epoch, long next) {}
