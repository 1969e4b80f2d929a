package dev.maskmap.sample;

import dev.maskmap.MaskStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Places that the caller chose, in their order, whatever the seed and the epoch. */
final class ListedSampler implements Sampler {
  private final Patch patch;
  private final Masks masks;
  private final long[] mask;
  private final int[] y;
  private final int[] x;

  private ListedSampler(Patch patch, Masks masks, long[] mask, int[] y, int[] x) {
    this.patch = patch;
    this.masks = masks;
    this.mask = mask;
    this.y = y;
    this.x = x;
  }

  /**
   * @param masks of the whole store
   */
  static ListedSampler of(Patch patch, Masks masks, long[] mask, int[] y, int[] x) {
    if (mask.length == 0 || mask.length != y.length || mask.length != x.length) {
      throw new IllegalArgumentException(
          "%d masks, %d rows and %d columns: expected one of each for every patch, and one patch"
                  .formatted(mask.length, y.length, x.length)
              + " or more");
    }
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] < 0 || mask[i] >= masks.size()) {
        throw new IllegalArgumentException(
            "patch %d: mask %d, and there are %d".formatted(i, mask[i], masks.size()));
      }
      check(i, mask[i], "y", y[i], patch.height(), masks.height(mask[i]));
      check(i, mask[i], "x", x[i], patch.width(), masks.width(mask[i]));
    }
    return new ListedSampler(patch, masks, mask.clone(), y.clone(), x.clone());
  }

  private static void check(int patch, long mask, String what, int at, int length, int all) {
    int most = Math.max(all - length, 0);
    if (at < 0 || at > most) {
      throw new IllegalArgumentException(
          "patch %d: %s %d of mask %d, expected 0 to %d: the patch has %d pixels there and the mask %d"
              .formatted(patch, what, at, mask, most, length, all));
    }
  }

  @Override
  public boolean isOf(MaskStore store) {
    return masks.isOf(store);
  }

  @Override
  public int height() {
    return patch.height();
  }

  @Override
  public int width() {
    return patch.width();
  }

  @Override
  public long size() {
    return mask.length;
  }

  @Override
  public String describe() {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    CRC32 crc = new CRC32();
    for (int i = 0; i < mask.length; i++) {
      crc.update(bytes.clear().putLong(mask[i]).putInt(y[i]).putInt(x[i]).flip());
    }
    return "listed=%d:%08x %dx%d".formatted(mask.length, crc.getValue(), height(), width());
  }

  @Override
  public boolean draw(long seed, long epoch, long k, int attempt, Place to) {
    if (k < 0 || k >= mask.length) {
      throw new IndexOutOfBoundsException("patch %d: there are %d".formatted(k, mask.length));
    }
    int i = (int) k;
    to.set(mask[i], y[i], x[i]);
    return true;
  }
}
