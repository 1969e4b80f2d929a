package dev.maskmap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.maskmap.testing.Pixels;
import java.lang.foreign.MemorySegment;

/** Reads patches among canaries and says what they hold, value by value. */
final class Patches {
  static final byte CANARY = 0x5A;

  private Patches() {}

  /** Where a patch goes: {@code offset} bytes in, with {@code gap} bytes between its rows. */
  record Target(MemorySegment segment, long offset, long gap) {
    static long bytes(PixelType type, int height, int width, long offset, long gap) {
      return offset + type.patchBytes(height, width) + gap * (type.rows(height) - 1);
    }
  }

  /** Fills the target with canaries, reads, and compares every byte with the source. */
  static void check(
      MaskStore store, long mask, Pixels source, Region region, PixelType type, Target target) {
    target.segment().fill(CANARY);
    long stride = type.rowBytes(region.width()) + target.gap();
    if (target.gap() == 0) {
      store.read(
          mask,
          region.y(),
          region.x(),
          region.height(),
          region.width(),
          type,
          target.segment(),
          target.offset());
    } else {
      store.read(
          mask,
          region.y(),
          region.x(),
          region.height(),
          region.width(),
          type,
          target.segment(),
          target.offset(),
          stride);
    }
    Pixels patch = source.patch(region.y(), region.x(), region.height(), region.width());
    checkValues(patch, type, target, stride);
    checkCanaries(patch, type, target, stride);
  }

  private static void checkValues(Pixels patch, PixelType type, Target target, long stride) {
    MemorySegment s = target.segment();
    for (int y = 0; y < patch.height(); y++) {
      for (int x = 0; x < patch.width(); x++) {
        long at =
            type == PixelType.PACKED
                ? target.offset() + y / 8 * stride + x
                : target.offset() + y * stride + (long) x * type.elementBytes();
        boolean expected = patch.get(y, x);
        if (expected != isForeground(s, at, type, y % 8)) {
          throw new AssertionError(
              "%s: pixel y %d, x %d of %dx%d is not %s"
                  .formatted(type, y, x, patch.height(), patch.width(), expected));
        }
      }
    }
    if (type == PixelType.PACKED && patch.height() % 8 != 0) {
      int past = 0xFF >> patch.height() % 8;
      for (int x = 0; x < patch.width(); x++) {
        byte last = s.get(JAVA_BYTE, target.offset() + patch.height() / 8 * stride + x);
        assertEquals(0, last & past, "bits past the height");
      }
    }
  }

  /** Decodes one pixel, which must be exactly background or exactly foreground. */
  private static boolean isForeground(MemorySegment s, long at, PixelType type, int row) {
    double value =
        switch (type) {
          case UINT8 -> s.get(JAVA_BYTE, at);
          case UINT8_255 -> (s.get(JAVA_BYTE, at) & 0xFF) / 255.0;
          case FLOAT16 -> Float.float16ToFloat(s.get(JAVA_SHORT_UNALIGNED, at));
          case BFLOAT16 -> Float.intBitsToFloat(s.get(JAVA_SHORT_UNALIGNED, at) << 16);
          case FLOAT32 -> s.get(JAVA_FLOAT_UNALIGNED, at);
          case INT64 -> s.get(JAVA_LONG_UNALIGNED, at);
          case PACKED -> s.get(JAVA_BYTE, at) >> (7 - row) & 1;
        };
    if (value != 0 && value != 1) {
      throw new AssertionError("%s: byte %d holds %s".formatted(type, at, value));
    }
    return value == 1;
  }

  private static void checkCanaries(Pixels patch, PixelType type, Target target, long stride) {
    MemorySegment s = target.segment();
    long rowBytes = type.rowBytes(patch.width());
    int rows = type.rows(patch.height());
    checkCanary(s, 0, target.offset());
    for (int r = 0; r < rows - 1; r++) {
      checkCanary(s, target.offset() + r * stride + rowBytes, target.offset() + (r + 1) * stride);
    }
    checkCanary(s, target.offset() + (rows - 1) * stride + rowBytes, s.byteSize());
  }

  private static void checkCanary(MemorySegment s, long from, long to) {
    for (long at = from; at < to; at++) {
      if (s.get(JAVA_BYTE, at) != CANARY) {
        throw new AssertionError("byte %d of %d was written".formatted(at, s.byteSize()));
      }
    }
  }
}
