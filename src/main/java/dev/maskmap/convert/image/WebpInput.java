package dev.maskmap.convert.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A WebP file in memory. The decoder of the lossless kind reads ahead by eight bytes, and gets
 * zeros behind the end of the file. Where it wants more, the file has none of the codes that it is
 * asked for; at the end of a stream it would go on for minutes, bit by bit, to make up an image.
 */
final class WebpInput extends ImageInputStreamImpl {
  private final byte[] file;
  private final long end;

  /**
   * @param lossy whether the file is of the lossy kind, whose decoder does not read ahead
   */
  WebpInput(byte[] file, boolean lossy) {
    this.file = file;
    end = (long) file.length + (lossy ? 0 : Long.BYTES);
  }

  @Override
  public long length() {
    return file.length;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    int value = at(streamPos) & 0xFF;
    streamPos++;
    return value;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    for (int i = 0; i < length; i++) {
      to[offset + i] = at(streamPos + i);
    }
    streamPos += length;
    return length;
  }

  private byte at(long place) throws IOException {
    if (place >= end) {
      throw new IOException("corrupt image data: it ends before its last pixel");
    }
    return place < file.length ? file[(int) place] : 0;
  }
}
