package dev.maskmap.convert.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A TIFF file (TIFF 6.0, section 2) or BigTIFF file, read at any place. Used by one thread, which
 * closes it.
 */
final class TiffInput implements Closeable {
  private static final int BIG = 43;

  private final FileChannel channel;
  private final long size;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private boolean big;

  private TiffInput(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /**
   * Opens a file that is known to begin as a TIFF file.
   *
   * @throws IOException if it cannot be read, or ends within its first bytes
   */
  static TiffInput open(Path file) throws IOException {
    TiffInput in = new TiffInput(FileChannel.open(file));
    try {
      ByteBuffer head = in.read(0, 4);
      in.order = head.get(0) == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      in.big = head.order(in.order).getShort(2) == BIG;
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Says whether counts and offsets have eight bytes. */
  boolean big() {
    return big;
  }

  ByteOrder order() {
    return order;
  }

  /** Bytes of the file. */
  long size() {
    return size;
  }

  /**
   * Returns the header of the file, made to say that its first directory is at {@code directory}.
   *
   * @throws IOException if the file has no header, or that is too far for it
   */
  ByteBuffer header(long directory) throws IOException {
    if (big) {
      return read(0, 16).putLong(8, directory);
    }
    if (directory > 0xFFFFFFFFL) {
      throw new IOException("a TIFF of %d bytes, more than its kind can have".formatted(size));
    }
    return read(0, 8).putInt(4, (int) directory);
  }

  /** Returns where the first directory is. */
  long firstDirectory() throws IOException {
    return big ? offset(8) : offset(4);
  }

  /** Returns the offset, of four or eight bytes, that is at {@code at}. */
  long offset(long at) throws IOException {
    ByteBuffer bytes = read(at, big ? 8 : 4);
    return big ? bytes.getLong() : bytes.getInt() & 0xFFFFFFFFL;
  }

  /**
   * Returns {@code length} bytes of the file, in its byte order.
   *
   * @throws IOException if there are not that many; nothing is allocated then
   */
  ByteBuffer read(long at, long length) throws IOException {
    require(at, length);
    if (length > 1 << 30) {
      throw new IOException("a TIFF with a list of %d bytes, which is not read".formatted(length));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(order);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  /**
   * Checks that the file has these bytes.
   *
   * @throws IOException if not
   */
  void require(long at, long length) throws IOException {
    if (at < 0 || length < 0 || at > size || length > size - at) {
      throw new IOException(
          "truncated or corrupt TIFF: %d bytes at byte %d, of a file of %d"
              .formatted(length, at, size));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
