package dev.maskmap.cli;

import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** One patch on its way into a file. */
record PatchFile(MaskStore store, long mask, Origin at, Size size) {
  /** A buffer over native memory holds at most 2 GiB, and a larger write gains nothing. */
  private static final long BLOCK_BYTES = 1L << 26;

  /** Longer arrays do not exist in every Java. */
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;

  /** Reads the patch as one byte a pixel, 0 or 1. */
  byte[] bytes() {
    long length = PixelType.UINT8.patchBytes(size.height(), size.width());
    if (length > MAX_ARRAY) {
      throw new IllegalArgumentException(
          "a patch of %s is too large for one picture; write a .npy, or a smaller patch"
              .formatted(size));
    }
    byte[] pixels = new byte[(int) length];
    read(PixelType.UINT8, MemorySegment.ofArray(pixels));
    return pixels;
  }

  private void read(PixelType type, MemorySegment to) {
    store.read(mask, at.y(), at.x(), size.height(), size.width(), type, to, 0);
  }

  /** Writes a gray PNG of one bit a pixel. */
  void writePng(Path file, boolean overwrite) throws IOException {
    requireInside();
    PictureFiles.writePng(
        file, PictureFiles.ofMask(bytes(), size.height(), size.width()), overwrite);
  }

  /** Writes a NPY array of shape (height, width), packed: (packed rows, width). */
  void writeNpy(Path file, boolean overwrite, PixelType type) throws IOException {
    requireInside();
    byte[] header =
        NpyHeader.encode(PixelTypes.descr(type), type.rows(size.height()), size.width());
    try (Arena arena = Arena.ofConfined()) {
      long bytes = type.patchBytes(size.height(), size.width());
      MemorySegment pixels = arena.allocate(bytes, ValueLayout.JAVA_LONG.byteAlignment());
      read(type, pixels);
      OutputFile.write(
          file,
          overwrite,
          channel -> {
            OutputFile.writeAll(channel, ByteBuffer.wrap(header));
            for (long from = 0; from < bytes; from += BLOCK_BYTES) {
              long length = Math.min(BLOCK_BYTES, bytes - from);
              OutputFile.writeAll(channel, pixels.asSlice(from, length).asByteBuffer());
            }
          });
    }
  }

  /** Before any memory is asked for: the size may be a slip of the pen. */
  void requireInside() {
    int height = store.height(mask);
    int width = store.width(mask);
    if (at.y() < 0
        || at.x() < 0
        || size.height() > height - at.y()
        || size.width() > width - at.x()) {
      throw new IllegalArgumentException(
          "%s: a patch of %s at %d,%d leaves mask %s, which is %dx%d (height x width)"
              .formatted(
                  store.path(), size, at.y(), at.x(), Patches.label(store, mask), height, width));
    }
  }
}
