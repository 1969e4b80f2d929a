package dev.maskmap.image;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Run by a test in a JVM of its own, which must not die: cuts files short under the maps of open
 * images and reads on. Arguments: a folder, rounds, and reads before the first cut. Prints {@code
 * caught COUNT} at the end.
 */
final class ImageTruncationMain {
  private static final int SIDE = 300;

  private ImageTruncationMain() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Path npy = folder.resolve("a.npy");
    TestArrays.npy(npy, "|u1", TestArrays.noise(2 * SIDE * SIDE * 3, 1), 2, SIDE, SIDE, 3);
    int[] size = {SIDE, SIDE};
    Path store = TestArrays.store(folder.resolve("a.images"), ImageType.UINT8, 3, size, size);
    Random random = new Random(1);
    int caught = 0;
    for (int round = -1; round < Integer.parseInt(args[1]); round++) {
      caught += cut(npy, npy, round, Integer.parseInt(args[2]), random);
      caught += cut(store, store.resolve("pixels.npy"), round, Integer.parseInt(args[2]), random);
    }
    System.out.println("caught " + caught);
  }

  private static int cut(Path path, Path pixels, int round, int warmUp, Random random)
      throws IOException {
    byte[] whole = Files.readAllBytes(pixels);
    int caught = 0;
    try (ImageStore store = ImageStore.open(path);
        Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(100 * 100 * 12);
      MemorySegment scratch = arena.allocate(100 * 100 * 12);
      for (int i = 0; i < (round < 0 ? warmUp : 0); i++) {
        read(store, random, to, scratch);
      }
      try (FileChannel channel = FileChannel.open(pixels, WRITE)) {
        channel.truncate(128 + SIDE * SIDE * 3);
      }
      for (int i = 0; i < 20 && round >= 0; i++) {
        try {
          read(store, random, to, scratch);
          System.out.println("not caught");
        } catch (ImageAccessException e) {
          caught += String.valueOf(e.getMessage()).startsWith(path.toString()) ? 1 : 0;
        }
      }
    }
    Files.write(pixels, whole);
    return caught;
  }

  private static void read(
      ImageStore store, Random random, MemorySegment to, MemorySegment scratch) {
    int turn = random.nextInt(8);
    int height = 1 + random.nextInt(100);
    int width = 1 + random.nextInt(100);
    // The page in which the file ends keeps its bytes.
    int y = 20 + random.nextInt(SIDE - 20 - height);
    int x = random.nextInt(SIDE - width);
    if (random.nextInt(3) == 0) {
      store.read(1, y, x, height, width, to, 0);
      return;
    }
    ImageCrops.of(store, 100, 100)
        .order(random.nextBoolean() ? ChannelOrder.CHW : ChannelOrder.HWC)
        .padding(random.nextBoolean() ? ImagePadding.ZERO : ImagePadding.REFLECT)
        .scaled(random.nextBoolean())
        .read(1, y, x, height, width, turn, to, 0, scratch);
  }
}
