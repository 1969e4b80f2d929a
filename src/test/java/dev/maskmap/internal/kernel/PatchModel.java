package dev.maskmap.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Random;

/**
 * A rectangle of packed rows full of noise, and what every kernel must make of it, one pixel at a
 * time. The memory ends with the rectangle's last byte, so that a kernel which reads past it
 * throws.
 */
final class PatchModel implements AutoCloseable {
  static final byte CANARY = (byte) 0xA5;

  private final Arena arena = Arena.ofConfined();
  private final byte[] rows;
  private final int stride;
  private final int bit;
  private final int height;
  private final int width;
  private final BitSet pixels;

  /**
   * A patch of noise.
   *
   * @param gap bytes between two of its packed rows
   */
  PatchModel(int bit, int height, int width, int gap, long seed) {
    this.bit = bit;
    this.height = height;
    this.width = width;
    this.stride = width + gap;
    byte[] noise = new byte[(PackedRows.count(bit, height) - 1) * stride + width];
    new Random(seed).nextBytes(noise);
    this.rows = noise;
    this.pixels = new BitSet(height * width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = bit + y;
        int b = noise[row / 8 * stride + x];
        pixels.set(y * width + x, (b >> (7 - row % 8) & 1) != 0);
      }
    }
  }

  /** Expands into rows with {@code gap} bytes between them, among canaries. */
  void checkExpand(Kernel kernel, int elementBytes, long one, int to, int gap) {
    int rowStride = width * elementBytes + gap;
    byte[] expected = canaries(to + (height - 1) * rowStride + width * elementBytes + 64);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        long value = pixels.get(y * width + x) ? one : 0;
        for (int b = 0; b < elementBytes; b++) {
          expected[to + y * rowStride + x * elementBytes + b] = (byte) (value >>> 8 * b);
        }
      }
    }
    MemorySegment dst = canaryFilled(expected.length);
    kernel.expand(rows, stride, bit, height, width, dst, to, rowStride, elementBytes, one);
    assertSame(expected, dst, () -> describe(kernel) + " x " + elementBytes + " gap " + gap);
  }

  void checkRebase(Kernel kernel, int to, int gap) {
    int packedRows = (height + 7) / 8;
    int rowStride = width + gap;
    byte[] expected = canaries(to + (packedRows - 1) * rowStride + width + 64);
    for (int r = 0; r < packedRows; r++) {
      for (int x = 0; x < width; x++) {
        int packed = 0;
        for (int k = 0; k < 8; k++) {
          boolean on = 8 * r + k < height && pixels.get((8 * r + k) * width + x);
          packed |= on ? 0x80 >> k : 0;
        }
        expected[to + r * rowStride + x] = (byte) packed;
      }
    }
    MemorySegment dst = canaryFilled(expected.length);
    kernel.rebase(rows, stride, bit, height, width, dst, to, rowStride);
    assertSame(expected, dst, () -> describe(kernel) + " gap " + gap);
  }

  void checkCount(Kernel kernel) {
    assertEquals(
        pixels.cardinality(),
        kernel.count(rows, stride, bit, height, width),
        () -> describe(kernel));
  }

  /** Packs up to eight rows of bytes among which every value but zero is foreground. */
  static void checkPack(Kernel kernel, int rows, int width, long seed) {
    int to = 5;
    byte[] bytes = new byte[rows * width];
    Random random = new Random(seed);
    random.nextBytes(bytes);
    byte[] expected = canaries(to + width + 64);
    for (int x = 0; x < width; x++) {
      int packed = 0;
      for (int k = 0; k < rows; k++) {
        int at = k * width + x;
        if (random.nextBoolean()) {
          bytes[at] = random.nextInt(4) == 0 ? (byte) 0x80 : 0;
        }
        packed |= bytes[at] != 0 ? 0x80 >> k : 0;
      }
      expected[to + x] = (byte) packed;
    }
    byte[] dst = canaries(expected.length);
    kernel.pack(bytes, rows, width, dst, to);
    assertSame(
        expected,
        MemorySegment.ofArray(dst),
        () -> "%s: %d rows of %d".formatted(kernel.name(), rows, width));
  }

  private static void assertSame(
      byte[] expected, MemorySegment actual, java.util.function.Supplier<String> what) {
    long at = MemorySegment.ofArray(expected).mismatch(actual);
    if (at >= 0) {
      throw new AssertionError(
          "%s: byte %d is %02x, not %02x"
              .formatted(what.get(), at, actual.get(JAVA_BYTE, at), expected[(int) at]));
    }
  }

  private String describe(Kernel kernel) {
    return "%s: %dx%d from bit %d, stride %d".formatted(kernel.name(), height, width, bit, stride);
  }

  private MemorySegment canaryFilled(int size) {
    return arena.allocate(size).fill(CANARY);
  }

  private static byte[] canaries(int size) {
    byte[] out = new byte[size];
    java.util.Arrays.fill(out, CANARY);
    return out;
  }

  @Override
  public void close() {
    arena.close();
  }
}
