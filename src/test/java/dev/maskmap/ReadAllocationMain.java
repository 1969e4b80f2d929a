package dev.maskmap;

import dev.maskmap.testing.Allocations;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Run by a test in a JVM of its own: reads patches of every pixel type into every kind of memory.
 * Arguments: how often to read into all kinds in turn before each is looked at, a file to write,
 * then stores. Prints a line for each kind of read, and fails at the first that goes on allocating.
 */
final class ReadAllocationMain {
  private static final int HEIGHT = 18;

  /** One that the vectors have a loop of its own for, and one that they do not divide. */
  private static final int[] WIDTHS = {256, 70};

  private static final int BYTES = HEIGHT * WIDTHS[0] * Long.BYTES;
  private static final int READS = 4;

  private ReadAllocationMain() {}

  public static void main(String[] args) throws IOException {
    int mixed = Integer.parseInt(args[0]);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ours = arena.allocate(BYTES);
      SequencedMap<String, MemorySegment> kinds = new LinkedHashMap<>();
      kinds.put("native", ours);
      kinds.put("mapped", mapped(Path.of(args[1]), arena));
      kinds.put("byte[]", MemorySegment.ofArray(new byte[BYTES]));
      kinds.put("float[]", MemorySegment.ofArray(new float[BYTES / Float.BYTES]));
      for (String path : List.of(args).subList(2, args.length)) {
        try (MaskStore store = MaskStore.open(Path.of(path))) {
          settle(store, path + " native alone", ours);
          mix(store, kinds, mixed);
          for (Map.Entry<String, MemorySegment> kind : kinds.entrySet()) {
            settle(store, path + ' ' + kind.getKey(), kind.getValue());
          }
        }
      }
    }
  }

  private static void settle(MaskStore store, String what, MemorySegment dst) {
    for (PixelType type : PixelType.values()) {
      Allocations.settle(
          what + ' ' + type,
          List.of(Thread.currentThread()),
          round -> {
            for (int i = 0; i < READS; i++) {
              read(store, round * READS + i, type, dst);
            }
          });
    }
  }

  private static void mix(MaskStore store, SequencedMap<String, MemorySegment> kinds, int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (PixelType type : PixelType.values()) {
        for (MemorySegment dst : kinds.values()) {
          read(store, round, type, dst);
        }
      }
    }
  }

  private static void read(MaskStore store, int i, PixelType type, MemorySegment dst) {
    long mask = i % store.size();
    int y = i % (store.height(mask) - HEIGHT);
    int width = WIDTHS[i % WIDTHS.length];
    int x = i % (store.width(mask) - width);
    store.read(mask, y, x, HEIGHT, width, type, dst, 0);
  }

  private static MemorySegment mapped(Path file, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, BYTES, arena);
    }
  }
}
