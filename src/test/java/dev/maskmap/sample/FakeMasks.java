package dev.maskmap.sample;

import dev.maskmap.testing.Pixels;
import java.util.List;

/** Masks in memory, as slow and as plain as can be; any number of them, which repeat. */
final class FakeMasks implements Masks {
  private final List<Pixels> masks;
  private final long size;
  private final boolean uniform;

  FakeMasks(List<Pixels> masks, long size) {
    this.masks = masks;
    this.size = size;
    this.uniform = masks.stream().map(m -> m.height() + "x" + m.width()).distinct().count() == 1;
  }

  static FakeMasks of(Pixels... masks) {
    return new FakeMasks(List.of(masks), masks.length);
  }

  Pixels pixels(long mask) {
    return masks.get((int) (mask % masks.size()));
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isUniform() {
    return uniform;
  }

  @Override
  public int height(long mask) {
    return pixels(mask).height();
  }

  @Override
  public int width(long mask) {
    return pixels(mask).width();
  }

  @Override
  public long foreground() {
    return foregroundBefore(size);
  }

  @Override
  public long foreground(long mask) {
    return pixels(mask).count();
  }

  @Override
  public long foregroundBefore(long mask) {
    long round = masks.stream().mapToLong(Pixels::count).sum();
    long before = mask / masks.size() * round;
    for (int i = 0; i < mask % masks.size(); i++) {
      before += masks.get(i).count();
    }
    return before;
  }

  @Override
  public long maskOf(long n) {
    long round = masks.stream().mapToLong(Pixels::count).sum();
    long mask = n / round * masks.size();
    while (foregroundBefore(mask + 1) <= n) {
      mask++;
    }
    return mask;
  }

  @Override
  public long foreground(long mask, int y, int x, int height, int width) {
    return pixels(mask).patch(y, x, height, width).count();
  }

  @Override
  public long select(long mask, long n) {
    int width = width(mask);
    long left = n;
    for (int row = 0; row < height(mask); row += 8) {
      for (int x = 0; x < width; x++) {
        for (int y = row; y < Math.min(row + 8, height(mask)); y++) {
          if (pixels(mask).get(y, x) && left-- == 0) {
            return (long) y * width + x;
          }
        }
      }
    }
    throw new IndexOutOfBoundsException();
  }
}
