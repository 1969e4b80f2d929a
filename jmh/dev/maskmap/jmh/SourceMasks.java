package dev.maskmap.jmh;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Full-HD masks without end, one byte a pixel: the PNGs of a folder, each used many times at random
 * cyclic shifts, so that no two are alike; smooth blobs where there is no such folder. The same
 * index gives the same mask.
 */
final class SourceMasks {
  private static final int DRAWN = 54;
  private static final int HEIGHT = BenchData.HEIGHT;
  private static final int WIDTH = BenchData.WIDTH;

  private final List<Path> files;

  /** Decoded when first asked for: 2 MB each. */
  private final byte[][] sources;

  private SourceMasks(List<Path> files) {
    this.files = files;
    this.sources = new byte[files.isEmpty() ? DRAWN : files.size()][];
  }

  /** The masks made of the PNGs of a folder, which may be absent. */
  static SourceMasks of(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new SourceMasks(List.of());
    }
    try (Stream<Path> all = Files.list(folder)) {
      return new SourceMasks(all.filter(f -> f.toString().endsWith(".png")).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether they are made of files. */
  boolean areReal() {
    return !files.isEmpty();
  }

  /** Mask {@code index}: {@code HEIGHT} rows of {@code WIDTH} bytes, 0 or 1. */
  byte[] pixels(int index) {
    int s = index % sources.length;
    if (sources[s] == null) {
      sources[s] = files.isEmpty() ? blobs(s) : decode(files.get(s));
    }
    SplittableRandom random = new SplittableRandom(1_000_003L * index);
    return shifted(sources[s], random.nextInt(HEIGHT), random.nextInt(WIDTH));
  }

  private static byte[] shifted(byte[] source, int down, int right) {
    byte[] pixels = new byte[HEIGHT * WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      int from = y * WIDTH;
      int to = (y + down) % HEIGHT * WIDTH;
      System.arraycopy(source, from, pixels, to + right, WIDTH - right);
      System.arraycopy(source, from + WIDTH - right, pixels, to, right);
    }
    return pixels;
  }

  /** The first channel, nearest pixels; from half of the range on where that is used at all. */
  private static byte[] decode(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      Raster raster = image.getRaster();
      int height = image.getHeight();
      int width = image.getWidth();
      int[] values = raster.getSamples(0, 0, width, height, 0, (int[]) null);
      int least = Arrays.stream(values).max().orElse(0) >= 128 ? 128 : 1;
      byte[] pixels = new byte[HEIGHT * WIDTH];
      for (int y = 0; y < HEIGHT; y++) {
        int row = (int) ((y + 0.5) * height / HEIGHT) * width;
        for (int x = 0; x < WIDTH; x++) {
          int value = values[row + (int) ((x + 0.5) * width / WIDTH)];
          pixels[y * WIDTH + x] = (byte) (value >= least ? 1 : 0);
        }
      }
      return pixels;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One to five discs whose edges swing. */
  private static byte[] blobs(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[HEIGHT * WIDTH];
    for (int n = 1 + random.nextInt(5); n > 0; n--) {
      int middleY = random.nextInt(HEIGHT);
      int middleX = random.nextInt(WIDTH);
      int radius = 60 + random.nextInt(300);
      double waves = 0.01 + random.nextDouble(0.05);
      double depth = random.nextDouble(0.2);
      int last = Math.min(HEIGHT, middleY + radius);
      for (int y = Math.max(0, middleY - radius); y < last; y++) {
        double half = Math.sqrt(radius * (double) radius - Math.pow(y - middleY, 2));
        half *= 1 + depth * Math.sin(waves * y);
        int from = (int) Math.max(0, middleX - half);
        int to = (int) Math.min(WIDTH, middleX + half);
        Arrays.fill(pixels, y * WIDTH + from, y * WIDTH + to, (byte) 1);
      }
    }
    return pixels;
  }
}
