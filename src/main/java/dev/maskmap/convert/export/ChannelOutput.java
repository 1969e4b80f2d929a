package dev.maskmap.convert.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A channel as a stream. It hands on large arrays in blocks, because a channel copies each buffer
 * of the heap into native memory of the same size. Closing it leaves the channel open.
 */
final class ChannelOutput extends OutputStream {
  private static final int BLOCK_BYTES = 1 << 20;

  private final FileChannel channel;

  ChannelOutput(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int at = 0; at < length; at += BLOCK_BYTES) {
      ByteBuffer block = ByteBuffer.wrap(bytes, from + at, Math.min(BLOCK_BYTES, length - at));
      while (block.hasRemaining()) {
        channel.write(block);
      }
    }
  }
}
