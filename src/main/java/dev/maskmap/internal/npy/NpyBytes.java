package dev.maskmap.internal.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Where a header is read from. */
@FunctionalInterface
public interface NpyBytes {
  /**
   * Returns the bytes from {@code offset} on: {@code length} of them, or fewer where the content
   * ends. A later call may ask for some of the same bytes again.
   *
   * @throws IOException if they cannot be read
   */
  byte[] upTo(long offset, int length) throws IOException;

  /** The bytes of a file, by positional reads. */
  static NpyBytes of(FileChannel channel) {
    return (offset, length) -> {
      // The file's own size bounds the allocation; it may shrink meanwhile, hence the copy below.
      long left = Math.max(0, channel.size() - offset);
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, left));
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
      return Arrays.copyOf(buffer.array(), buffer.position());
    };
  }
}
