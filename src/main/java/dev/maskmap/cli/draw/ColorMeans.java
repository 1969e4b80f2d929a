package dev.maskmap.cli.draw;

/** Sums up the pixels of an image into a smaller one: the mean of each square of pixels. */
final class ColorMeans {
  private final int factor;
  private final int width;
  private final long[] sums;
  private final int[] counts;

  /** For an image of {@code height} by {@code width} pixels, scaled down by {@code factor}. */
  ColorMeans(int height, int width, int factor) {
    this.factor = factor;
    this.width = Math.ceilDiv(width, factor);
    this.counts = new int[Math.multiplyExact(Math.ceilDiv(height, factor), this.width)];
    this.sums = new long[Math.multiplyExact(3, counts.length)];
  }

  /** Adds the pixel in row {@code y}, column {@code x} of the image. */
  void add(int y, int x, int rgb) {
    int at = y / factor * width + x / factor;
    counts[at]++;
    sums[3 * at] += (rgb >> 16) & 0xFF;
    sums[3 * at + 1] += (rgb >> 8) & 0xFF;
    sums[3 * at + 2] += rgb & 0xFF;
  }

  /** The means as {@code 0xRRGGBB}, row by row; black where nothing was added. */
  int[] pixels() {
    int[] pixels = new int[counts.length];
    for (int i = 0; i < pixels.length; i++) {
      long n = Math.max(1, counts[i]);
      long half = n / 2;
      long red = (sums[3 * i] + half) / n;
      long green = (sums[3 * i + 1] + half) / n;
      long blue = (sums[3 * i + 2] + half) / n;
      pixels[i] = (int) ((red << 16) | (green << 8) | blue);
    }
    return pixels;
  }
}
