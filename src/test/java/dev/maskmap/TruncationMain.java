package dev.maskmap;

import static java.nio.file.StandardOpenOption.WRITE;

import dev.maskmap.internal.kernel.Kernels;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Run by tests in a JVM of its own, which must not die: cuts files short under the maps of open
 * stores and reads on. Arguments: a folder, rounds, and reads of each kind before the first cut.
 * Prints {@code caught COUNT NAME} for each kind of read.
 */
final class TruncationMain {
  private static final int HEIGHT = 400;
  private static final int WIDTH = 600;
  private static final long MASK_BYTES = HEIGHT / 8L * WIDTH;
  private static final Region MOST = Region.of(3, 5, HEIGHT - 7, WIDTH - 11);

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment dst = arena.allocate((long) HEIGHT * WIDTH * 8);
  private final MemorySegment heap = MemorySegment.ofArray(new byte[HEIGHT * WIDTH * 4]);
  private final Map<String, Read> reads = new LinkedHashMap<>();
  private final Map<String, Integer> caught = new LinkedHashMap<>();

  /** One kind of access to a mask, somewhere in the part that will be cut off. */
  private interface Read {
    void run(MaskStore store, Random random);
  }

  private TruncationMain() {
    for (PixelType type : PixelType.values()) {
      reads.put(type.name(), (store, random) -> patch(store, random, type, dst));
      reads.put(type + " to heap", (store, random) -> patch(store, random, type, heap));
    }
    reads.put("narrow", (store, random) -> narrow(store, random));
    reads.put("count", (store, random) -> count(store, random));
    reads.put("get", (store, random) -> store.mask(1).get(y(random), random.nextInt(WIDTH)));
    reads.put(
        "nextForeground",
        (store, random) -> store.mask(1).nextForeground((long) y(random) * WIDTH));
    reads.put("toBytes", (store, random) -> store.mask(1).toBytes());
    reads.put("toBitSet", (store, random) -> store.mask(1).toBitSet());
  }

  public static void main(String[] args) throws IOException {
    System.out.println("kernel " + Kernels.get().name());
    TruncationMain main = new TruncationMain();
    main.run(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
  }

  private void run(Path folder, int rounds, int warmUp) throws IOException {
    Path whole =
        Stores.write(
            folder.resolve("whole.masks"),
            java.util.List.of(Pixels.noise(HEIGHT, WIDTH, 1), Pixels.blobs(HEIGHT, WIDTH, 2)));
    Path ragged =
        Stores.writeAny(
            folder.resolve("ragged.masks"),
            java.util.List.of(
                Pixels.noise(HEIGHT, WIDTH, 1),
                Pixels.blobs(HEIGHT, WIDTH, 2),
                Pixels.noise(9, 70, 3)));
    Path runs =
        Stores.write(
            folder.resolve("runs.masks"),
            Layout.RUNS,
            java.util.List.of(Pixels.noise(HEIGHT, WIDTH, 1), Pixels.blobs(HEIGHT, WIDTH, 2)));
    Random random = new Random(3);
    warmUp(whole, warmUp, random);
    warmUp(ragged, warmUp / 2, random);
    warmUp(runs, warmUp / 2, random);
    Map<String, Read> all = wholeMask();
    for (int round = 0; round < rounds; round++) {
      Path cut = Stores.copy(round % 2 == 0 ? whole : ragged, folder.resolve("cut.masks"));
      try (MaskStore store = MaskStore.open(cut)) {
        Stores.truncate(cut.resolve("masks.npy"), 128 + MASK_BYTES * 3 / 2);
        for (Map.Entry<String, Read> read : all.entrySet()) {
          expectError(read.getKey(), read.getValue(), store, random);
        }
        Stores.truncate(cut.resolve("masks.npy"), 1 + random.nextInt(4096));
        for (Map.Entry<String, Read> read : reads.entrySet()) {
          expectError(read.getKey(), read.getValue(), store, random);
        }
      }
      Stores.delete(cut);
      cutPlaces(Stores.copy(ragged, folder.resolve("places.masks")), random);
      cutSums("whole", Stores.copy(whole, folder.resolve("sums.masks")), random);
      cutSums("ragged", Stores.copy(ragged, folder.resolve("sums.masks")), random);
      cutRuns(Stores.copy(runs, folder.resolve("runs-cut.masks")), random);
    }
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Read> read : all.entrySet()) {
        cutWhileReading(read.getKey() + ", cut meanwhile", read.getValue(), whole, random);
      }
    }
    caught.forEach((name, count) -> System.out.println("caught " + count + " " + name));
    arena.close();
  }

  private void warmUp(Path path, int warmUp, Random random) throws IOException {
    try (MaskStore store = MaskStore.open(path)) {
      for (Map.Entry<String, Read> read : reads.entrySet()) {
        System.out.println("warming " + read.getKey());
        int times = read.getKey().startsWith("to") ? warmUp / 20 : warmUp;
        for (int i = 0; i < times; i++) {
          read.getValue().run(store, random);
        }
      }
    }
  }

  /** The lists of sizes and places go while all pixels are still there. */
  private void cutPlaces(Path cut, Random random) throws IOException {
    try (MaskStore store = MaskStore.open(cut)) {
      Stores.truncate(cut.resolve(random.nextBoolean() ? "shapes.npy" : "offsets.npy"), 0);
      expectError("places", reads.get("UINT8"), store, random);
    }
    Stores.delete(cut);
  }

  /** The runs go, or one of the lists of where they are. */
  private void cutRuns(Path cut, Random random) throws IOException {
    String[] files = {"runs.npy", "rows.npy", "offsets.npy"};
    String file = files[random.nextInt(files.length)];
    try (MaskStore store = MaskStore.open(cut)) {
      Stores.truncate(cut.resolve(file), 0);
      for (Map.Entry<String, Read> read : reads.entrySet()) {
        expectError(read.getKey() + " of runs", read.getValue(), store, random);
      }
      expectError("packed of runs", (same, r) -> same.mask(1).packed(), store, random);
    }
    Stores.delete(cut);
  }

  /** The sums of the packed rows go while all pixels are still there. */
  private void cutSums(String kind, Path cut, Random random) throws IOException {
    try (MaskStore store = MaskStore.open(cut)) {
      Stores.truncate(cut.resolve("foreground.npy"), 0);
      expectError(kind + " sums", (same, r) -> same.mask(1).select(r.nextInt(9)), store, random);
      expectError(kind + " sum", (same, r) -> same.mask(1).foregroundBefore(2), store, random);
    }
    Stores.delete(cut);
  }

  /** Reads that reach from the part that is left into the part that is not. */
  private Map<String, Read> wholeMask() {
    Map<String, Read> all = new LinkedHashMap<>();
    for (PixelType type : PixelType.values()) {
      all.put(
          "all of " + type, (store, random) -> store.read(1, 0, 0, HEIGHT, WIDTH, type, dst, 0));
    }
    all.put("last pixel", (store, random) -> store.mask(1).select(store.mask(1).count() - 1));
    all.put("count of most", (store, random) -> store.mask(1).count(MOST));
    return all;
  }

  /** The cut comes at any moment of a read, also after its first phase has touched every line. */
  private void cutWhileReading(String name, Read read, Path whole, Random random)
      throws IOException {
    Path cut = Stores.copy(whole, whole.resolveSibling("race.masks"));
    try (MaskStore store = MaskStore.open(cut);
        FileChannel channel = FileChannel.open(cut.resolve("masks.npy"), WRITE)) {
      long delay = random.nextInt(300_000);
      Thread cutter = Thread.ofPlatform().start(() -> cutAfter(channel, delay));
      Read again =
          (same, r) -> {
            long end = System.nanoTime() + 10_000_000_000L;
            while (System.nanoTime() < end) {
              read.run(same, r);
            }
          };
      expectError(name, again, store, random);
      cutter.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Stores.delete(cut);
  }

  private static void cutAfter(FileChannel channel, long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    try {
      channel.truncate(100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void expectError(String name, Read read, MaskStore store, Random random) {
    // Flushed before the access that may end the process: the last line says which one did.
    System.out.println("reading " + name);
    System.out.flush();
    try {
      read.run(store, random);
      System.out.println("not caught: " + name);
    } catch (MaskAccessException e) {
      if (String.valueOf(e.getMessage()).contains(store.path().toString())) {
        caught.merge(name, 1, Integer::sum);
      } else {
        System.out.println("nameless: " + e.getMessage());
      }
    } catch (Throwable e) {
      System.out.println("wrong: " + name + ": " + e);
    }
  }

  private static void patch(MaskStore store, Random random, PixelType type, MemorySegment to) {
    int height = 1 + random.nextInt(200);
    int width = 1 + random.nextInt(type.elementBytes() == 8 ? 290 : 500);
    int y = random.nextInt(HEIGHT - height + 1);
    store.read(1, y, random.nextInt(WIDTH - width + 1), height, width, type, to, 0);
  }

  private void narrow(MaskStore store, Random random) {
    store.read(1, y(random), random.nextInt(WIDTH - 9), 1, 9, PixelType.UINT8, dst, 0);
  }

  private static void count(MaskStore store, Random random) {
    int height = 1 + random.nextInt(200);
    int width = 1 + random.nextInt(500);
    store
        .mask(1)
        .count(
            Region.of(
                random.nextInt(HEIGHT - height + 1),
                random.nextInt(WIDTH - width + 1),
                height,
                width));
  }

  private static int y(Random random) {
    return random.nextInt(HEIGHT);
  }

  static boolean isProgress(String line) {
    return line.startsWith("warming ") || line.startsWith("reading ");
  }

  static int kinds() {
    TruncationMain main = new TruncationMain();
    // Reads of bits and of runs; whole masks; the copy of runs, the places, two sums of two stores.
    return 2 * main.reads.size() + 2 * main.wholeMask().size() + 1 + 1 + 4;
  }
}
