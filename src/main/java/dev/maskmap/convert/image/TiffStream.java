package dev.maskmap.convert.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A TIFF file as if it had one page alone, for a reader that else reads the directories of all
 * pages: another header in front, another directory behind, and all bytes of pixels where they are.
 * Used by one thread; closing it leaves the file open.
 */
final class TiffStream extends ImageInputStreamImpl {
  private static final int BLOCK_BYTES = 1 << 14;

  private final TiffInput in;
  private final ByteBuffer header;
  private final ByteBuffer directory;
  private ByteBuffer block = ByteBuffer.allocate(0);
  private long blockStart;

  /**
   * Shows the page of {@code tags}.
   *
   * @throws IOException if the file is so large that its directory cannot be behind it
   */
  TiffStream(TiffInput in, TiffDirectory tags) throws IOException {
    this.in = in;
    this.header = in.header(in.size());
    this.directory = tags.storage();
  }

  @Override
  public long length() {
    return in.size() + directory.limit();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /** Returns fewer bytes at the end only: numbers of the base class are read at one go. */
  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    int done = 0;
    while (done < length && streamPos < length()) {
      int at = seekBlock();
      int count = Math.min(length - done, block.limit() - at);
      block.get(at, into, from + done, count);
      streamPos += count;
      done += count;
    }
    return done == 0 && length > 0 ? -1 : done;
  }

  /** Makes the block hold the byte at the stream's position, and returns where. */
  private int seekBlock() throws IOException {
    if (streamPos < blockStart || streamPos >= blockStart + block.limit()) {
      if (streamPos < header.limit()) {
        set(header, 0);
      } else if (streamPos >= in.size()) {
        set(directory, in.size());
      } else {
        set(in.read(streamPos, Math.min(BLOCK_BYTES, in.size() - streamPos)), streamPos);
      }
    }
    return (int) (streamPos - blockStart);
  }

  private void set(ByteBuffer bytes, long start) {
    block = bytes;
    blockStart = start;
  }
}
