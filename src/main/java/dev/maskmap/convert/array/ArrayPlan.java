package dev.maskmap.convert.array;

import dev.maskmap.convert.array.ArrayFormat.Headerless;
import dev.maskmap.convert.array.ArrayFormat.Packing;
import dev.maskmap.convert.array.BitPacking.Direction;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.convert.pixels.PixelValues;
import dev.maskmap.internal.npy.NpyHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an array before its elements are read.
 *
 * @param grid where the elements of each mask lie
 * @param type of an element
 * @param packing how bytes hold pixels, or null for one element a pixel
 * @param dataOffset where the first element is in the content
 */
record ArrayPlan(ArrayGrid grid, ElementType type, @Nullable BitPacking packing, long dataOffset) {

  /**
   * Takes what a NPY header says and what the user says.
   *
   * @throws Refusal if they do not make masks
   */
  static ArrayPlan of(NpyHeader header, ArrayFormat format) throws Refusal {
    ElementType type = ElementType.of(header.descr());
    if (format.packing() == null) {
      ArrayGrid grid = ArrayGrid.ofPixels(header.shape(), header.fortranOrder());
      return new ArrayPlan(grid, type, null, header.dataOffset());
    }
    if (type.bytes() != 1 || type.kind() == 'b') {
      throw new Refusal(
          "its elements are %s; expected uint8, as numpy.packbits gives, because of --packed"
              .formatted(type.name()));
    }
    PackedShape shape = PackedShape.of(header.shape(), header.fortranOrder(), format);
    return new ArrayPlan(shape.grid(), ElementType.UINT8, shape.packing(), header.dataOffset());
  }

  /**
   * Takes what the user says of a file without header.
   *
   * @throws Refusal if a mask is too large, or there is no such axis
   */
  static ArrayPlan of(Headerless file, ArrayFormat format) throws Refusal {
    ArrayGrid.checkSize(file.height(), file.width());
    boolean stack = file.masks() > 0;
    long masks = Math.max(1, file.masks());
    Packing packing = format.packing();
    if (packing == null) {
      ArrayGrid grid = ArrayGrid.of(masks, file.height(), file.width(), false);
      return new ArrayPlan(grid, ElementType.named(file.dtype()), null, file.offset());
    }
    Direction direction = PackedShape.direction(packing, stack, true);
    List<Long> bytes = PackedShape.shape(0, file.height(), file.width(), direction);
    return new ArrayPlan(
        ArrayGrid.of(masks, bytes.size() == 1 ? 1 : bytes.getFirst(), bytes.getLast(), false),
        ElementType.UINT8,
        new BitPacking(direction, format.littleBits(), file.height(), file.width()),
        file.offset());
  }

  /** Bytes of one mask. */
  long maskBytes() {
    return (long) grid.elements() * type.bytes();
  }

  /**
   * Bytes from the start of the content to the end of the array.
   *
   * @throws Refusal if that is more than a file can have
   */
  long end() throws Refusal {
    try {
      return Math.addExact(dataOffset, Math.multiplyExact(grid.masks(), maskBytes()));
    } catch (ArithmeticException e) {
      throw new Refusal(
          "%d masks of %d bytes: no file is so large".formatted(grid.masks(), maskBytes()));
    }
  }

  /** Makes a mask of the elements of one, given in C order. */
  MaskPixels pixels(PixelValues values, String origin, String note) {
    if (packing != null && values instanceof PixelValues.Narrow(byte[] bytes)) {
      PackedMask mask = packing.unpack(bytes);
      return new PackedMask(mask.height(), mask.width(), mask.rows(), note);
    }
    return new DecodedImage(origin, grid.rows(), grid.columns(), Kind.NUMBER, values, null, note);
  }
}
