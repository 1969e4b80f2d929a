package dev.maskmap.cli.draw;

import dev.maskmap.Region;
import dev.maskmap.internal.npy.NpyHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A NPY file of images in the order of the masks: bytes of shape {@code (N, H, W)}, {@code (N, H,
 * W, 3)} or {@code (N, H, W, 4)}, whose fourth channel is ignored. Rows are read as they are
 * needed, never mapped. One thread at a time.
 */
final class PictureArray implements Pictures {
  private final Path file;
  private final FileChannel channel;
  private final long dataOffset;
  private final int height;
  private final int width;
  private final int channels;

  private PictureArray(Path file, FileChannel channel, NpyHeader header, int channels) {
    this.file = file;
    this.channel = channel;
    this.dataOffset = header.dataOffset();
    this.height = Math.toIntExact(header.shape().get(1));
    this.width = Math.toIntExact(header.shape().get(2));
    this.channels = channels;
  }

  /**
   * Opens it.
   *
   * @throws IOException if it cannot be read, or is no such array of {@code masks} images
   */
  static PictureArray open(Path file, long masks) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      NpyHeader header = NpyHeader.read(channel, file);
      header.requireData(file, channel.size());
      return new PictureArray(file, channel, header, channels(file, header, masks));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static int channels(Path file, NpyHeader header, long masks) throws IOException {
    List<Long> shape = header.shape();
    boolean flat = shape.size() == 3;
    boolean deep = shape.size() == 4 && (shape.get(3) == 3 || shape.get(3) == 4);
    boolean bytes = header.descr().equals("|u1") && !header.fortranOrder() && (flat || deep);
    if (!bytes
        || shape.get(0) != masks
        || Math.max(shape.get(1), shape.get(2)) > Integer.MAX_VALUE / 4) {
      throw new IOException(
          "%s: %s of shape %s%s; expected |u1 in C order, of shape (%d, H, W) or (%d, H, W, 3)"
              .formatted(
                  file,
                  header.descr(),
                  shape,
                  header.fortranOrder() ? " in Fortran order" : "",
                  masks,
                  masks));
    }
    return flat ? 1 : Math.toIntExact(shape.get(3));
  }

  @Override
  public Picture find(long mask, String name) {
    return new Item(mask);
  }

  private final class Item implements Picture {
    private final long index;

    Item(long index) {
      this.index = index;
    }

    @Override
    public String name() {
      return "%s: image %d".formatted(file, index);
    }

    @Override
    public int height() {
      return height;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public int[] read(Region region, int factor) throws IOException {
      ColorMeans means = new ColorMeans(region.height(), region.width(), factor);
      byte[] row = new byte[region.width() * channels];
      for (int y = 0; y < region.height(); y++) {
        long pixel = (index * height + region.y() + y) * width + region.x();
        fill(row, dataOffset + pixel * channels);
        for (int x = 0; x < region.width(); x++) {
          means.add(y, x, rgb(row, x * channels));
        }
      }
      return means.pixels();
    }

    private void fill(byte[] row, long from) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(row);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, from + bytes.position()) < 0) {
          throw new EOFException(name() + ": the file was cut short");
        }
      }
    }
  }

  private int rgb(byte[] row, int at) {
    int first = row[at] & 0xFF;
    if (channels == 1) {
      return first * 0x010101;
    }
    int green = (row[at + 1] & 0xFF) << 8;
    return (first << 16) | green | (row[at + 2] & 0xFF);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
