package dev.maskmap.convert.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file, by positional reads of its own channel; never mapped. */
final class FileBytes implements Bytes {
  private final FileChannel channel;

  private FileBytes(FileChannel channel) {
    this.channel = channel;
  }

  static FileBytes open(Path file) throws IOException {
    return new FileBytes(FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Fills a range from any channel, whose position is neither used nor moved. */
  static void read(FileChannel channel, long position, byte[] into, int from, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into, from, length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position() - from) < 0) {
        throw new Refusal(
            "the file ends at byte %d, expected at least %d bytes: it is cut short"
                .formatted(channel.size(), position + length));
      }
    }
  }

  @Override
  public void read(long position, byte[] into, int from, int length) throws IOException {
    read(channel, position, into, from, length);
  }

  @Override
  public void finish() {}

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
