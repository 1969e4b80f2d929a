package dev.maskmap.testing;

import java.util.BitSet;
import java.util.Random;

/** A mask as nobody can get it wrong: a BitSet of its pixels, row by row, read one at a time. */
public final class Pixels {
  private final int height;
  private final int width;
  private final BitSet bits;

  private Pixels(int height, int width, BitSet bits) {
    this.height = height;
    this.width = width;
    this.bits = bits;
  }

  /** Every pixel foreground with the same chance: no two neighbours of a real mask differ so. */
  public static Pixels noise(int height, int width, long seed) {
    Random random = new Random(seed);
    BitSet bits = new BitSet(height * width);
    for (int i = 0; i < height * width; i++) {
      bits.set(i, random.nextBoolean());
    }
    return new Pixels(height, width, bits);
  }

  /** A few filled ellipses, as segmentation masks look; may be all background. */
  public static Pixels blobs(int height, int width, long seed) {
    Random random = new Random(seed);
    BitSet bits = new BitSet(height * width);
    for (int blobs = 1 + random.nextInt(3); blobs > 0; blobs--) {
      double y0 = random.nextDouble() * height;
      double x0 = random.nextDouble() * width;
      double b = 1 + random.nextDouble() * height / 4;
      double a = 1 + random.nextDouble() * width / 4;
      for (int y = Math.max(0, (int) (y0 - b)); y < Math.min(height, y0 + b); y++) {
        double half = a * Math.sqrt(Math.max(0, 1 - (y - y0) * (y - y0) / (b * b)));
        int from = (int) Math.max(0, x0 - half);
        int to = (int) Math.min(width, x0 + half);
        if (from < to) {
          bits.set(y * width + from, y * width + to);
        }
      }
    }
    return new Pixels(height, width, bits);
  }

  /** Chosen pixels, bit {@code y * width + x}. */
  public static Pixels of(int height, int width, BitSet bits) {
    return new Pixels(height, width, (BitSet) bits.clone());
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  public BitSet bits() {
    return (BitSet) bits.clone();
  }

  public boolean get(int y, int x) {
    return bits.get(y * width + x);
  }

  public Pixels patch(int y, int x, int patchHeight, int patchWidth) {
    BitSet patch = new BitSet(patchHeight * patchWidth);
    for (int r = 0; r < patchHeight; r++) {
      for (int c = 0; c < patchWidth; c++) {
        patch.set(r * patchWidth + c, get(y + r, x + c));
      }
    }
    return new Pixels(patchHeight, patchWidth, patch);
  }

  public long count() {
    return bits.cardinality();
  }

  public int packedRows() {
    return (height + 7) / 8;
  }

  /** A byte a pixel, 0 or 1. */
  public byte[] bytes() {
    return bytes((byte) 1);
  }

  /** A byte a pixel, 0 or {@code foreground}. */
  public byte[] bytes(byte foreground) {
    byte[] out = new byte[height * width];
    for (int i = 0; i < out.length; i++) {
      out[i] = bits.get(i) ? foreground : 0;
    }
    return out;
  }

  /** What {@code numpy.packbits(mask, axis=0)} gives. */
  public byte[] packed() {
    byte[] out = new byte[packedRows() * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (get(y, x)) {
          out[y / 8 * width + x] |= (byte) (0x80 >> y % 8);
        }
      }
    }
    return out;
  }
}
