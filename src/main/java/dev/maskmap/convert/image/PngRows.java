package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelValues;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The rows of a {@linkplain PngHeader#plain plain} PNG: gray or palette, up to 8 bits, not
 * interlaced. Some twenty times faster than ImageIO on masks of one bit, because it takes the
 * inflated rows as they are.
 *
 * <p>A block of rows is inflated at once: one call a row would cost as much as the inflating.
 * Filters (PNG specification, section 9) then work on bytes that are still in the cache. At these
 * depths the byte to the left, which they mean by a pixel, is the one before.
 */
final class PngRows {
  private static final int BLOCK_BYTES = 1 << 15;
  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final PngHeader header;
  private final int rowBytes;
  private final byte[] rows;

  private PngRows(PngHeader header) {
    this.header = header;
    this.rowBytes = (int) header.rowBytes(header.width());
    this.rows = new byte[header.height() * rowBytes];
  }

  /**
   * Returns the samples of a plain PNG: {@link PixelValues.Bits} of one bit, else {@link
   * PixelValues.Narrow}.
   *
   * @throws IOException if its data is damaged, too short or too long
   */
  static PixelValues read(PngFile png) throws IOException {
    PngRows reader = new PngRows(png.header());
    try (PngData data = new PngData(png)) {
      reader.fill(data);
      data.finish();
    }
    return Samples.values(
        reader.rows, png.header().height(), png.header().width(), png.header().depth());
  }

  private void fill(PngData data) throws IOException {
    int step = 1 + rowBytes;
    int blockRows = Math.clamp(BLOCK_BYTES / step, 1, header.height());
    byte[] block = new byte[blockRows * step];
    for (int y = 0; y < header.height(); y += blockRows) {
      int count = Math.min(blockRows, header.height() - y);
      data.fill(block, 0, count * step);
      for (int i = 0; i < count; i++) {
        unfilter(block, i * step, y + i);
      }
    }
  }

  /** Takes the row whose filter type is at {@code block[at]} to row {@code y}. */
  private void unfilter(byte[] block, int at, int y) throws IOException {
    int to = y * rowBytes;
    switch (block[at]) {
      case 0 -> System.arraycopy(block, at + 1, rows, to, rowBytes);
      case 1 -> sub(block, at + 1, to);
      case 2 -> up(block, at + 1, to);
      case 3 -> average(block, at + 1, to);
      case 4 -> paeth(block, at + 1, to);
      default ->
          throw new IOException(
              "corrupt image data: filter type %d in row %d, expected 0 to 4"
                  .formatted(block[at] & 0xFF, y));
    }
  }

  private void sub(byte[] block, int from, int to) {
    byte left = 0;
    for (int i = 0; i < rowBytes; i++) {
      left += block[from + i];
      rows[to + i] = left;
    }
  }

  /** Adds eight bytes at a time: their low seven bits without carry between them, then the top. */
  private void up(byte[] block, int from, int to) {
    if (to == 0) {
      System.arraycopy(block, from, rows, to, rowBytes);
      return;
    }
    int above = to - rowBytes;
    int i = 0;
    for (; i <= rowBytes - Long.BYTES; i += Long.BYTES) {
      long a = (long) LONG.get(block, from + i);
      long b = (long) LONG.get(rows, above + i);
      LONG.set(rows, to + i, ((a & LOW_BITS) + (b & LOW_BITS)) ^ ((a ^ b) & ~LOW_BITS));
    }
    for (; i < rowBytes; i++) {
      rows[to + i] = (byte) (block[from + i] + rows[above + i]);
    }
  }

  private void average(byte[] block, int from, int to) {
    int left = 0;
    for (int i = 0; i < rowBytes; i++) {
      int above = to == 0 ? 0 : rows[to - rowBytes + i] & 0xFF;
      left = (block[from + i] + ((left + above) >> 1)) & 0xFF;
      rows[to + i] = (byte) left;
    }
  }

  private void paeth(byte[] block, int from, int to) {
    if (to == 0) {
      // Without a row above, the prediction is the byte to the left.
      sub(block, from, to);
      return;
    }
    int left = 0;
    int corner = 0;
    for (int i = 0; i < rowBytes; i++) {
      int above = rows[to - rowBytes + i] & 0xFF;
      left = (block[from + i] + nearest(left, above, corner)) & 0xFF;
      rows[to + i] = (byte) left;
      corner = above;
    }
  }

  /** The one of three that {@code left + above - corner} is nearest to; in a tie, in this order. */
  private static int nearest(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }
}
