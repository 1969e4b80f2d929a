package dev.maskmap.load;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * One number a pixel: 0 where no plane has foreground, and 1 more than the plane's index where one
 * has. Works on eight pixels at once, each a byte of a long.
 *
 * @param masks whose planes are read
 * @param type of the numbers, {@code UINT8} or {@code INT64}
 * @param bytes a plane of a patch at one byte a pixel
 */
record ClassReader(MaskPlanes masks, PixelType type, PatchShape bytes) implements PatchReader {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final long ONES = 0x0101010101010101L;
  private static final long LOW = 0x7F * ONES;

  @Override
  public long patchBytes() {
    return type.patchBytes(bytes.height(), bytes.width());
  }

  /** Bytes of a patch of one byte a pixel, up to whole longs. */
  private long step() {
    return Math.ceilDiv(bytes.bytes(), Long.BYTES) * Long.BYTES;
  }

  /** A plane, the classes so far, and which pixels count. */
  @Override
  public long scratchBytes() {
    return 3 * step();
  }

  @Override
  public List<MaskStore> stores() {
    return masks.all();
  }

  @Override
  public void read(
      long mask,
      int y,
      int x,
      int validHeight,
      int validWidth,
      MemorySegment to,
      long offset,
      MemorySegment scratch) {
    List<MaskStore> planes = masks.stores();
    MaskStore valid = masks.valid();
    long step = step();
    for (long i = 0; i < step; i += Long.BYTES) {
      scratch.set(LONG, step + i, 0);
      scratch.set(LONG, 2 * step + i, ONES);
    }
    if (valid != null) {
      PatchReader.read(valid, bytes, mask, y, x, validHeight, validWidth, scratch, 2 * step);
    }
    for (int p = 0; p < planes.size(); p++) {
      PatchReader.read(planes.get(p), bytes, mask, y, x, validHeight, validWidth, scratch, 0);
      long overlap = add(scratch, step, p + 1);
      if (overlap >= 0) {
        int other = scratch.get(ValueLayout.JAVA_BYTE, step + overlap) & 0xFF;
        throw new IllegalStateException(
            "pixel y %d, x %d is foreground of '%s' and of '%s', and a pixel has one class; mend the"
                    .formatted(
                        y + overlap / bytes.width(),
                        x + overlap % bytes.width(),
                        masks.names().get(other - 1),
                        masks.names().get(p))
                + " masks, or take them as planes");
      }
    }
    if (type == PixelType.UINT8) {
      writeBytes(scratch, step, to, offset);
    } else {
      writeLongs(scratch, step, to, offset);
    }
  }

  /** Adds a plane to the classes; returns the first pixel that has one already, or -1. */
  private static long add(MemorySegment scratch, long step, long number) {
    for (long i = 0; i < step; i += Long.BYTES) {
      long plane = scratch.get(LONG, i);
      long classes = scratch.get(LONG, step + i);
      // The top bit of each byte that is not zero.
      long taken = ((((classes & LOW) + LOW) | classes) >>> 7) & ONES;
      long both = taken & plane & scratch.get(LONG, 2 * step + i);
      if (both != 0) {
        return i + Long.numberOfTrailingZeros(both) / Byte.SIZE;
      }
      // Where the pixel does not count, it may have a class already: the first one stays.
      scratch.set(LONG, step + i, classes + (plane & ~taken) * number);
    }
    return -1;
  }

  private void writeBytes(MemorySegment scratch, long step, MemorySegment to, long offset) {
    long pixels = bytes.bytes();
    long ignored = (masks.ignore() & 0xFF) * ONES;
    for (long i = 0; i < step; i += Long.BYTES) {
      long counts = scratch.get(LONG, 2 * step + i) * 0xFF;
      scratch.set(LONG, i, (scratch.get(LONG, step + i) & counts) | (ignored & ~counts));
    }
    MemorySegment.copy(scratch, 0, to, offset, pixels);
  }

  private void writeLongs(MemorySegment scratch, long step, MemorySegment to, long offset) {
    long pixels = bytes.bytes();
    long ignored = masks.ignore();
    for (long i = 0; i < pixels; i++) {
      boolean counts = scratch.get(ValueLayout.JAVA_BYTE, 2 * step + i) != 0;
      long number = scratch.get(ValueLayout.JAVA_BYTE, step + i) & 0xFF;
      to.set(LONG, offset + i * Long.BYTES, counts ? number : ignored);
    }
  }
}
