package dev.maskmap.jmh;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import java.util.SplittableRandom;

/** An open store of {@link BenchData}, and random patches of it. For one thread. */
final class BenchStore implements AutoCloseable {
  static final int PATCHES = 4096;

  final MaskStore store;
  final int side;
  final int[] masks = new int[PATCHES];
  final int[] ys = new int[PATCHES];
  final int[] xs = new int[PATCHES];
  private int next;

  /**
   * @param side rows and columns of a patch
   */
  BenchStore(BenchData data, Layout layout, int side) {
    this(data, layout, side, 7);
  }

  /**
   * @param seed of the patches
   */
  BenchStore(BenchData data, Layout layout, int side, long seed) {
    this.side = side;
    store = data.open(layout);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < PATCHES; i++) {
      masks[i] = random.nextInt(data.masks);
      ys[i] = random.nextInt(BenchData.HEIGHT - side + 1);
      xs[i] = random.nextInt(BenchData.WIDTH - side + 1);
    }
  }

  /** The next patch's place in the arrays. */
  int next() {
    next = (next + 1) % PATCHES;
    return next;
  }

  /** The place that {@link #next} gave last. */
  int last() {
    return next;
  }

  /** The pixels of patch {@code i}, from what the masks were made of: what a read must give. */
  byte[] expected(int i) {
    byte[] pixels = BenchData.sources().pixels(masks[i]);
    byte[] patch = new byte[side * side];
    for (int y = 0; y < side; y++) {
      int from = (ys[i] + y) * BenchData.WIDTH + xs[i];
      System.arraycopy(pixels, from, patch, y * side, side);
    }
    return patch;
  }

  @Override
  public void close() {
    store.close();
  }
}
