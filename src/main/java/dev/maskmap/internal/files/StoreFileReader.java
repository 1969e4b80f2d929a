package dev.maskmap.internal.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The numbers of an index file, one after the other, without mapping it. Owns its channel. */
public final class StoreFileReader implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final Path file;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);

  public StoreFileReader(FileChannel channel, Path file, long offset) throws IOException {
    this.channel = channel.position(offset);
    this.file = file;
  }

  public long nextUnsignedInt() throws IOException {
    return Integer.toUnsignedLong(room(Integer.BYTES).getInt());
  }

  public long nextLong() throws IOException {
    return room(Long.BYTES).getLong();
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      buffer.compact();
      while (buffer.position() < bytes) {
        if (channel.read(buffer) < 0) {
          throw new FileFormatException(file, "cut short while it was read");
        }
      }
      buffer.flip();
    }
    return buffer;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
