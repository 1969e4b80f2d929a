package dev.maskmap.convert.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A WebP file in memory, with some bytes of zeros behind its end. The decoder reads ahead by that
 * much; where it wants more, the file has none of the codes that it is asked for, and it would go
 * on over the end of the file for minutes, bit by bit, to make up an image.
 */
final class WebpInput extends ImageInputStreamImpl {
  /** Twice the eight bytes that the decoder holds. */
  private static final int READ_AHEAD = 16;

  private final byte[] file;

  WebpInput(byte[] file) {
    this.file = file;
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
    if (place >= (long) file.length + READ_AHEAD) {
      throw new IOException("corrupt image data: it ends before its last pixel");
    }
    return place < file.length ? file[(int) place] : 0;
  }
}
