package dev.maskmap.load;

import java.util.List;

/**
 * How batches are cut into parts: each thread's own have as many patches as it fills while the
 * others fill theirs. For threads are not equally fast. Another program may share a core with one
 * of them, or the consumer has some of its time; and if all had as many patches, each batch would
 * take as long as its slowest thread (docs/performance.md). What is in a batch does not depend on
 * it.
 *
 * <p>Whoever calls holds the ring's lock.
 */
final class Shares {
  /** Of fewer patches a thread, one more or less is too much to weigh: shares stay. */
  private static final int FEW = 8;

  /**
   * Shares stay as they are while none would end so far off, in batches: the memory of patches that
   * change hands is in the cache of another processor.
   */
  private static final double LEAST_MOVE = 1.0 / 64;

  private final List<Seat> seats;
  private final int parts;

  /** Where each seat's parts end, in batches; where they have not as many, one end for all. */
  private final double[] ends;

  /** Where they would end by how fast each is now. */
  private final double[] wanted;

  /**
   * @param seats of all threads that fill, in the order of their parts
   * @param parts of a batch
   */
  Shares(List<Seat> seats, int parts) {
    this.seats = seats;
    this.parts = parts;
    int shares = parts % seats.size() == 0 ? seats.size() : 1;
    ends = new double[shares];
    wanted = new double[shares];
    for (int i = 0; i < shares; i++) {
      ends[i] = (i + 1.0) / shares;
    }
  }

  /** Whether every seat has as many parts of its own. */
  boolean isEven() {
    return ends.length == seats.size();
  }

  /** Cuts a batch that begins. */
  void cut(Parts of, int size) {
    if (isEven() && size >= FEW * seats.size()) {
      balance();
    }
    int each = parts / ends.length;
    for (int p = 0; p < parts; p++) {
      int share = p / each;
      double from = share == 0 ? 0 : ends[share - 1];
      double end = from + (ends[share] - from) * (p % each + 1) / each;
      of.end(p, (int) Math.round(size * end));
    }
  }

  private void balance() {
    double sum = 0;
    for (int i = 0; i < wanted.length; i++) {
      double speed = seats.get(i).speed();
      if (speed == 0) {
        return;
      }
      sum += speed;
    }
    // Whoever has next to nothing to do could not show that it is fast again.
    double least = sum / wanted.length / 2;
    double end = 0;
    for (int i = 0; i < wanted.length; i++) {
      end += Math.max(least, seats.get(i).speed());
      wanted[i] = end;
    }
    boolean moves = false;
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] /= end;
      moves |= Math.abs(wanted[i] - ends[i]) >= LEAST_MOVE;
    }
    if (moves) {
      System.arraycopy(wanted, 0, ends, 0, ends.length);
    }
  }
}
