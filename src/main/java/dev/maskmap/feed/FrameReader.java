package dev.maskmap.feed;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Frames as they come in. One thread. */
final class FrameReader {
  /** Longer ones are taken for a stream that is no feed. */
  private static final int MOST_BYTES = 1 << 30;

  private final DataInputStream in;

  FrameReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * A frame.
   *
   * @param json empty where slots are given back
   * @param rest what is behind it, little-endian
   */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Frame(byte[] json, ByteBuffer rest) {}

  /**
   * Waits for a frame.
   *
   * @return null at the end of the stream
   * @throws IOException if the stream ends within a frame, or is none of frames
   */
  @Nullable Frame read() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int length = first | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16 | in.read() << 24;
    if (length < Integer.BYTES || length > MOST_BYTES) {
      throw new IOException(
          "a frame of %d bytes on standard input: expected 4 to %d; 'feed' is for programs that speak"
                  .formatted(length, MOST_BYTES)
              + " its protocol");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("standard input ended within a frame");
    }
    ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int size = frame.getInt();
    if (size < 0 || size > frame.remaining()) {
      throw new IOException("a message of %d bytes in a frame of %d".formatted(size, length));
    }
    byte[] json = new byte[size];
    frame.get(json);
    return new Frame(json, frame);
  }
}
