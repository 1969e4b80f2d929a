package dev.maskmap;

import dev.maskmap.internal.files.FileMap;
import dev.maskmap.internal.files.Maps;
import dev.maskmap.internal.npy.NpyFormatException;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Arrays that serve as stores without conversion: a NPY file, or a headerless one, packed down the
 * columns. Nothing but the shape is known of them.
 */
final class BareArray {
  private static final int BLOCK = 4096;

  /** So many blocks are looked at, evenly spread, to tell packed bits from unpacked bytes. */
  private static final long BLOCKS = 1024;

  private BareArray() {}

  /**
   * @param height the masks' height, or 0 to take all packed rows as full
   */
  static MaskStore openNpy(Path file, int height) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      NpyHeader header = NpyHeader.read(channel, file);
      checkKind(header, file, height != 0);
      header.requireData(file, channel.size());
      UniformShapes shapes = shapes(header.shape(), file, height);
      if (height == 0 && looksUnpacked(channel, header.dataOffset(), shapes.bytes())) {
        throw unpacked(file, "holds only the values 0 and 1");
      }
      return map(channel, file, header.dataOffset(), shapes);
    } catch (NpyFormatException e) {
      throw new MaskFormatException(e);
    }
  }

  static MaskStore openRaw(Path file, long offset, UniformShapes shapes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long end = offset + shapes.bytes();
      if (channel.size() < end) {
        throw new MaskFormatException(
            file,
            "%d bytes, and %s pixels packed down the columns from byte %d on end at byte %d"
                .formatted(channel.size(), shapes, offset, end));
      }
      return map(channel, file, offset, shapes);
    }
  }

  private static MaskStore map(FileChannel channel, Path file, long offset, UniformShapes shapes)
      throws IOException {
    return StoreOpener.inNewArena(
        arena -> {
          MemorySegment bits = Maps.map(channel, file, offset, shapes.bytes(), arena);
          StorePart part = StorePart.bare(new FileMap(file, bits), shapes);
          return new MaskStore(file, arena, "", List.of(part));
        });
  }

  private static void checkKind(NpyHeader header, Path file, boolean trusted)
      throws MaskFormatException {
    if (header.descr().equals("|b1") && !trusted) {
      throw unpacked(file, "holds booleans (|b1)");
    }
    if (!List.of("|u1", "|i1", "|b1").contains(header.descr())) {
      throw new MaskFormatException(
          file,
          "elements of type %s; masks packed by numpy.packbits(mask, axis=-2) are |u1"
              .formatted(header.descr()));
    }
    if (header.fortranOrder()) {
      throw new MaskFormatException(
          file,
          "in Fortran order; save numpy.ascontiguousarray(a) instead, so that columns lie side by"
              + " side");
    }
  }

  private static MaskFormatException unpacked(Path file, String what) {
    return new MaskFormatException(
        file,
        what
            + ", so it is taken for unpacked pixels; pack it with numpy.packbits(mask, axis=-2), or"
            + " give the masks' height (--height, MaskStore.openPacked) if it is packed");
  }

  private static UniformShapes shapes(List<Long> shape, Path file, int height)
      throws MaskFormatException {
    int n = shape.size();
    if (n != 2 && n != 3) {
      throw new MaskFormatException(
          file,
          "shape %s; expected (packed rows, width) or (masks, packed rows, width)"
              .formatted(shape));
    }
    long rows = shape.get(n - 2);
    long width = shape.get(n - 1);
    long masks = n == 2 ? 1 : shape.get(0);
    if (masks < 1
        || rows < 1
        || width < 1
        || rows > Integer.MAX_VALUE / 8
        || width > Integer.MAX_VALUE) {
      throw new MaskFormatException(
          file,
          "shape %s; expected at least one mask, packed row and column, and sides below 2^31 pixels"
              .formatted(shape));
    }
    if (height != 0 && (height + 7L) / 8 != rows) {
      throw new MaskFormatException(
          file,
          "%d packed rows a mask hold %d to %d pixel rows, and the height given is %d"
              .formatted(rows, 8 * rows - 7, 8 * rows, height));
    }
    int pixelRows = height == 0 ? (int) (8 * rows) : height;
    return new UniformShapes(masks, new MaskSize(pixelRows, (int) width));
  }

  /**
   * Whether no byte looked at is above 1: packed masks hold other bytes within a few blocks. Zeros
   * alone could be either, and a wrong height would go unseen, so the caller has to say.
   */
  private static boolean looksUnpacked(FileChannel channel, long offset, long bytes)
      throws IOException {
    long blocks = Math.min(BLOCKS, (bytes + BLOCK - 1) / BLOCK);
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (long i = 0; i < blocks; i++) {
      long at = blocks == 1 ? 0 : Math.multiplyExact(i, (bytes - 1) / blocks);
      block.clear().limit((int) Math.min(BLOCK, bytes - at));
      while (block.hasRemaining() && channel.read(block, offset + at + block.position()) >= 0) {}
      for (int b = 0; b < block.position(); b++) {
        if ((block.get(b) & 0xFE) != 0) {
          return false;
        }
      }
    }
    return true;
  }
}
