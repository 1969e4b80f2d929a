package dev.maskmap.load;

/** What happens where the batches of an epoch cannot be split evenly over the ranks. */
public enum Uneven {
  /** The batches that are left over are not read: every rank has as many as the others. */
  DROP,
  /** Ranks that would go short read batches from the epoch's beginning again. */
  WRAP,
  /**
   * Some ranks have one batch more than others, and the last batch is read where it is not full:
   * for validation, where each patch counts once.
   */
  EXACT
}
