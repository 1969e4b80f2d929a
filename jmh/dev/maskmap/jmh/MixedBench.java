package dev.maskmap.jmh;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A random 256x256 patch into one kind of memory, in a process that has written all kinds before,
 * packed patches too, or none but this one: none may slow down another.
 *
 * <pre>bin/maskmap-bench MixedBench -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MixedBench {
  /** Where the measured patches go. */
  @Param({"native", "mapped", "heap"})
  public String destination = "native";

  /** Whether all kinds were written before. */
  @Param({"false", "true"})
  public boolean mixed = true;

  /** What a pixel becomes. */
  @Param("UINT8")
  public PixelType type = PixelType.UINT8;

  private static final int SIDE = 256;
  private static final int READS_BEFORE = 80_000;
  private Arena arena;
  BenchStore data;
  MemorySegment dst;

  /** Writes the store, and patches of it into every kind of memory. */
  @Setup
  public void open() {
    arena = Arena.ofShared();
    data = new BenchStore(BenchData.HOT, Layout.BITS, SIDE);
    long bytes = type.patchBytes(SIDE, SIDE);
    MemorySegment nativeMemory = arena.allocate(bytes, 64);
    MemorySegment mapped = map(bytes);
    MemorySegment heap = MemorySegment.ofArray(new byte[(int) bytes]);
    MemorySegment floats = MemorySegment.ofArray(new float[(int) bytes / Float.BYTES]);
    dst =
        switch (destination) {
          case "native" -> nativeMemory;
          case "mapped" -> mapped;
          default -> heap;
        };
    MemorySegment[] all = {nativeMemory, mapped, heap, floats};
    for (int i = 0; i < READS_BEFORE; i++) {
      readInto(mixed ? all[i % all.length] : dst, type);
      if (mixed) {
        readInto(all[i % all.length], PixelType.PACKED);
      }
    }
  }

  private MemorySegment map(long bytes) {
    try {
      Path file = Files.createTempFile("maskmap-bench", ".bin");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readInto(MemorySegment memory, PixelType type) {
    int i = data.next();
    MaskStore store = data.store;
    store.read(data.masks[i], data.ys[i], data.xs[i], SIDE, SIDE, type, memory, 0);
  }

  /** Removes the store. */
  @TearDown
  public void close() {
    data.close();
    arena.close();
  }

  /** The patch as a tensor. */
  @Benchmark
  public MemorySegment read() {
    readInto(dst, type);
    return dst;
  }
}
