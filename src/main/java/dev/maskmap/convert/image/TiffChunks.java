package dev.maskmap.convert.image;

import java.io.IOException;
import java.util.Arrays;

/** Reads the strips or tiles of a TIFF page and puts them together. */
final class TiffChunks {
  private static final int LSB_FIRST = 2;

  /**
   * Bytes that a chunk may take for each byte of pixels, and above: so that a million chunks of a
   * pixel that all point to one large part of the file are not read a million times.
   */
  private static final int MAX_EXPANSION = 16;

  private static final int MAX_OVERHEAD = 1024;

  private final TiffInput in;
  private final TiffDirectory tags;
  private final TiffLayout layout;
  private final TiffCodec codec;
  private final boolean reversed;
  private final long[] offsets;
  private final long[] lengths;

  private TiffChunks(TiffInput in, TiffDirectory tags, TiffLayout layout) throws IOException {
    this.in = in;
    this.tags = tags;
    this.layout = layout;
    this.codec = TiffCodec.of(tags, layout, in.order());
    this.reversed = tags.number(266, 1) == LSB_FIRST;
    long count = (long) layout.chunksAcross() * layout.chunksDown() * layout.planes();
    // Some writers give the offsets of tiles as those of strips.
    this.offsets = tags.numbers(layout.tiled() && tags.has(324) ? 324 : 273, count);
    this.lengths = lengths(count);
  }

  /**
   * Returns the samples of each plane, in rows of whole bytes, in the byte order of the file.
   *
   * @throws IOException if the file is truncated, corrupt, or of a compression that is not read
   */
  static byte[][] read(TiffInput in, TiffDirectory tags, TiffLayout layout) throws IOException {
    TiffChunks chunks = new TiffChunks(in, tags, layout);
    chunks.checkLengths();
    byte[][] planes = new byte[layout.planes()][];
    for (int plane = 0; plane < planes.length; plane++) {
      planes[plane] = chunks.plane(plane);
    }
    return planes;
  }

  private long[] lengths(long count) throws IOException {
    int tag = layout.tiled() && tags.has(325) ? 325 : 279;
    if (tags.has(tag) || codec.compressed()) {
      return tags.numbers(tag, count);
    }
    // Without compression they are known, and old writers left them out.
    long[] all = new long[(int) count];
    Arrays.setAll(all, i -> rows(i / layout.chunksAcross()) * layout.chunkRowBytes());
    return all;
  }

  /** As for PNG, so that a header alone does not make us allocate gigabytes. */
  private void checkLengths() throws IOException {
    long pixelBytes = layout.planes() * (layout.height() * layout.rowBytes());
    long stored = Arrays.stream(lengths).map(length -> Math.clamp(length, 0L, 1L << 32)).sum();
    if (pixelBytes / codec.maxRatio() > stored) {
      throw new IOException(
          "truncated or corrupt TIFF: %d bytes of image data cannot hold its %d x %d pixels"
              .formatted(stored, layout.height(), layout.width()));
    }
  }

  private byte[] plane(int plane) throws IOException {
    byte[] out = new byte[(int) (layout.height() * layout.rowBytes())];
    int across = layout.chunksAcross();
    for (int row = 0; row < layout.chunksDown(); row++) {
      for (int column = 0; column < across; column++) {
        int index = (plane * layout.chunksDown() + row) * across + column;
        place(chunk(index, rows(row)), out, row, column);
      }
    }
    return out;
  }

  private int rows(int chunkRow) {
    int from = chunkRow % layout.chunksDown() * layout.chunkHeight();
    return layout.tiled()
        ? layout.chunkHeight()
        : Math.min(layout.chunkHeight(), layout.height() - from);
  }

  private byte[] chunk(int index, int rows) throws IOException {
    int expected = (int) (rows * layout.chunkRowBytes());
    long most = MAX_EXPANSION * (long) expected + MAX_OVERHEAD;
    byte[] data = in.read(offsets[index], Math.min(lengths[index], most)).array();
    if (reversed) {
      for (int i = 0; i < data.length; i++) {
        data[i] = (byte) (Integer.reverse(data[i]) >>> 24);
      }
    }
    return codec.decode(data, layout.chunkWidth(), rows, expected);
  }

  private void place(byte[] chunk, byte[] out, int chunkRow, int chunkColumn) {
    int rowBytes = (int) layout.rowBytes();
    int step = (int) layout.chunkRowBytes();
    int left = chunkColumn * step;
    int top = chunkRow * layout.chunkHeight();
    int count = Math.min(step, rowBytes - left);
    for (int y = 0; y < Math.min(layout.chunkHeight(), layout.height() - top); y++) {
      System.arraycopy(chunk, y * step, out, (top + y) * rowBytes + left, count);
    }
  }
}
