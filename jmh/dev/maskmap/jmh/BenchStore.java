package dev.maskmap.jmh;

import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A store of full-HD masks in a temporary folder, and random patches of it. */
final class BenchStore implements AutoCloseable {
  static final int HEIGHT = 1080;
  static final int WIDTH = 1920;
  static final int PATCHES = 4096;

  final MaskStore store;
  final int side;
  final int[] masks = new int[PATCHES];
  final int[] ys = new int[PATCHES];
  final int[] xs = new int[PATCHES];
  private final Path folder;
  private int next;

  /**
   * @param count 8 fit the cache, 1,000 do not: random patches of a real data set are of those
   * @param side rows and columns of a patch
   */
  BenchStore(int count, int side) {
    this.side = side;
    try {
      folder = Files.createTempDirectory("maskmap-bench");
      Path path = folder.resolve("bench.masks");
      try (MaskStoreWriter writer = MaskStoreWriter.create(path, HEIGHT, WIDTH)) {
        for (int i = 0; i < count; i++) {
          writer.add("m" + i, MemorySegment.ofArray(pixels(i)), WIDTH);
        }
        writer.commit();
      }
      store = MaskStore.open(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < PATCHES; i++) {
      masks[i] = random.nextInt(count);
      ys[i] = random.nextInt(HEIGHT - side + 1);
      xs[i] = random.nextInt(WIDTH - side + 1);
    }
  }

  /** The next patch's place in the arrays. */
  int next() {
    next = (next + 1) % PATCHES;
    return next;
  }

  /** A few rectangles. */
  static byte[] pixels(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[HEIGHT * WIDTH];
    for (int shapes = 0; shapes < 6; shapes++) {
      int y = random.nextInt(HEIGHT - 300);
      int x = random.nextInt(WIDTH - 500);
      int end = y + 20 + random.nextInt(280);
      int length = 20 + random.nextInt(480);
      for (; y < end; y++) {
        Arrays.fill(pixels, y * WIDTH + x, y * WIDTH + x + length, (byte) 1);
      }
    }
    return pixels;
  }

  @Override
  public void close() {
    store.close();
    try {
      Path path = folder.resolve("bench.masks");
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(path);
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
