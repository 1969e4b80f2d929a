package dev.maskmap.sample;

/** Masks that are listed. */
final class ChosenMasks extends PartOfMasks {
  private final long[] chosen;

  /** Foreground before each of them, and at the end in all. */
  private final long[] sums;

  ChosenMasks(Masks all, long[] chosen) {
    super(all);
    Indices.check(chosen, all.size());
    if (chosen.length == 0) {
      throw new IllegalArgumentException("no mask is chosen; give one or more");
    }
    this.chosen = chosen.clone();
    sums = new long[chosen.length + 1];
    for (int i = 0; i < chosen.length; i++) {
      sums[i + 1] = sums[i] + all.foreground(chosen[i]);
    }
  }

  @Override
  public long size() {
    return chosen.length;
  }

  @Override
  String list() {
    return ":only:" + Indices.checksum(chosen.length, i -> chosen[(int) i]);
  }

  @Override
  long from(long mask) {
    return chosen[Math.toIntExact(mask)];
  }

  @Override
  public long foregroundBefore(long mask) {
    return sums[Math.toIntExact(mask)];
  }

  @Override
  public long maskOf(long n) {
    return Indices.lastUpTo(sums, chosen.length, n);
  }
}
