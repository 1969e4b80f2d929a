package dev.maskmap.jmh;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.maskmap.Layout;
import dev.maskmap.Mask;
import dev.maskmap.PixelType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
 * What {@link PatchBench} is held against, on the same masks and patches: bounds that no read can
 * beat, and what a Java program without maskmap would do.
 *
 * <pre>
 * bin/maskmap-bench BaselineBench -prof gc
 * bin/maskmap-bench BaselineBench.fill -p data=HOT -p type=UINT8,FLOAT16,FLOAT32,INT64,PACKED
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BaselineBench {
  private static final int SIDE = 256;
  private static final int HEIGHT = BenchData.HEIGHT;
  private static final int WIDTH = BenchData.WIDTH;

  /** Which masks. */
  @Param({"HOT", "WIDE"})
  public BenchData data = BenchData.HOT;

  /** What a pixel becomes, for {@link #fill}; all else is a byte a pixel. */
  @Param("UINT8")
  public PixelType type = PixelType.UINT8;

  private final byte[] pulled = new byte[(SIDE / 8 + 1) * SIDE];
  private final byte[] unpacked = new byte[SIDE * SIDE];
  private Arena arena;
  BenchStore patches;
  private Mask[] masks = new Mask[0];
  private MemorySegment[] packed = new MemorySegment[0];
  private MemorySegment bytes;
  private long masksOfBytes;
  private MemorySegment dst;

  /** As many bytes as a patch of {@link #type} has; all but fill and copy write a byte a pixel. */
  private MemorySegment typed;

  private MemorySegment full;
  private byte value;

  /** Opens the store and the unpacked masks. */
  @Setup
  public void open() {
    arena = Arena.ofShared();
    patches = new BenchStore(data, Layout.BITS, SIDE);
    masks = new Mask[data.masks];
    packed = new MemorySegment[data.masks];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = patches.store.mask(i);
      packed[i] = masks[i].packed();
    }
    bytes = data.unpacked(arena);
    masksOfBytes = bytes.byteSize() / (HEIGHT * WIDTH);
    typed = arena.allocate(type.patchBytes(SIDE, SIDE), 64);
    dst = arena.allocate(SIDE * SIDE, 64);
    full = arena.allocate(HEIGHT * WIDTH, 64);
  }

  /** Closes them. */
  @TearDown
  public void close() {
    patches.close();
    arena.close();
  }

  /** As many bytes of one value: what the stores alone cost. */
  @Benchmark
  public MemorySegment fill() {
    return typed.fill(value++);
  }

  /** As many bytes copied, from and to memory that is in the cache. */
  @Benchmark
  public MemorySegment copy() {
    MemorySegment.copy(full, 0, typed, 0, typed.byteSize());
    return typed;
  }

  /** The packed rows of the patch copied into an array: what the loads alone cost. */
  @Benchmark
  public byte[] pull() {
    int i = patches.next();
    pull(i);
    return pulled;
  }

  private void pull(int i) {
    int y = patches.ys[i];
    MemorySegment rows = packed[patches.masks[i]];
    long from = y / 8 * (long) WIDTH + patches.xs[i];
    int n = (y % 8 + SIDE + 7) / 8;
    for (int r = 0; r < n; r++) {
      MemorySegment.copy(rows, JAVA_BYTE, from + (long) r * WIDTH, pulled, r * SIDE, SIDE);
    }
  }

  /** Pixel by pixel through {@link Mask#get}. */
  @Benchmark
  public MemorySegment naive() {
    int i = patches.next();
    Mask mask = masks[patches.masks[i]];
    long at = 0;
    for (int y = patches.ys[i]; y < patches.ys[i] + SIDE; y++) {
      for (int x = patches.xs[i]; x < patches.xs[i] + SIDE; x++) {
        dst.set(JAVA_BYTE, at++, (byte) (mask.get(y, x) ? 1 : 0));
      }
    }
    return dst;
  }

  /** Packed rows into an array, shifted into a second one, and that copied: plain Java. */
  @Benchmark
  public MemorySegment throughArrays() {
    int i = patches.next();
    pull(i);
    int bit = patches.ys[i] % 8;
    for (int y = 0; y < SIDE; y++) {
      int row = (bit + y) / 8 * SIDE;
      int shift = 7 - (bit + y) % 8;
      for (int x = 0; x < SIDE; x++) {
        unpacked[y * SIDE + x] = (byte) (pulled[row + x] >> shift & 1);
      }
    }
    MemorySegment.copy(unpacked, 0, dst, JAVA_BYTE, 0, unpacked.length);
    return dst;
  }

  /** The patch out of masks of a byte a pixel, mapped, eight times as large: row copies. */
  @Benchmark
  public MemorySegment cropOfBytes() {
    int i = patches.next();
    long from = (patches.masks[i] % masksOfBytes * HEIGHT + patches.ys[i]) * WIDTH + patches.xs[i];
    for (int y = 0; y < SIDE; y++) {
      MemorySegment.copy(bytes, from + (long) y * WIDTH, dst, (long) y * SIDE, SIDE);
    }
    return dst;
  }

  /** The same, pixel by pixel. */
  @Benchmark
  public MemorySegment pixelsOfBytes() {
    int i = patches.next();
    long mask = patches.masks[i] % masksOfBytes * HEIGHT;
    long at = 0;
    for (int y = patches.ys[i]; y < patches.ys[i] + SIDE; y++) {
      for (int x = patches.xs[i]; x < patches.xs[i] + SIDE; x++) {
        dst.set(JAVA_BYTE, at++, bytes.get(JAVA_BYTE, (mask + y) * WIDTH + x));
      }
    }
    return dst;
  }

  /** A whole mask through maskmap. */
  @Benchmark
  public MemorySegment wholeMask() {
    long mask = patches.masks[patches.next()];
    patches.store.read(mask, 0, 0, HEIGHT, WIDTH, PixelType.UINT8, full, 0);
    return full;
  }

  /** A whole mask of a byte a pixel, copied. */
  @Benchmark
  public MemorySegment wholeOfBytes() {
    long from = patches.masks[patches.next()] % masksOfBytes * HEIGHT * WIDTH;
    MemorySegment.copy(bytes, from, full, 0, (long) HEIGHT * WIDTH);
    return full;
  }
}
