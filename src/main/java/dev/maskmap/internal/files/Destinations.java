package dev.maskmap.internal.files;

import java.lang.foreign.MemorySegment;

/** Whether what is read fits where it is to go. */
public final class Destinations {
  private Destinations() {}

  /**
   * Checks that rows fit a destination, without overflow.
   *
   * @throws IllegalArgumentException if rows would overlap, or the destination is read-only
   * @throws IndexOutOfBoundsException if the destination is too small
   */
  public static void check(
      MemorySegment dst, long offset, int rows, long rowBytes, long rowStride) {
    long size = dst.byteSize();
    if (rowStride < rowBytes) {
      throw new IllegalArgumentException(
          "row stride of %d bytes: a row of this patch has %d".formatted(rowStride, rowBytes));
    }
    if (offset < 0
        || offset > size
        || rowBytes > size - offset
        || (rows > 1 && rowStride > (size - offset - rowBytes) / (rows - 1))) {
      throw new IndexOutOfBoundsException(
          ("destination of %d bytes: the patch needs %d rows of %d bytes, %d bytes apart, from"
                  + " offset %d on")
              .formatted(size, rows, rowBytes, rowStride, offset));
    }
    if (dst.isReadOnly()) {
      throw new IllegalArgumentException("the destination is read-only");
    }
  }
}
