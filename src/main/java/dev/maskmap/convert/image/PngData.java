package dev.maskmap.convert.image;

import dev.maskmap.convert.image.PngFile.Span;
import java.io.IOException;
import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The image data of a PNG file, inflated piece by piece: exactly as much as the header asks for, to
 * the end of the zlib stream, whose checksum the inflater compares. Used by one thread.
 */
final class PngData implements AutoCloseable {
  private final PngFile png;
  private final Iterator<Span> parts;
  private final Inflater inflater = new Inflater();
  private long filled;

  PngData(PngFile png) {
    this.png = png;
    this.parts = png.data().iterator();
  }

  /**
   * Inflates everything and keeps nothing, so that a reader that would not notice gets no stream
   * that is too short, too long or damaged.
   *
   * @throws IOException if it is
   */
  static void check(PngFile png) throws IOException {
    byte[] scratch = new byte[1 << 15];
    try (PngData data = new PngData(png)) {
      long left = png.header().inflatedBytes();
      while (left > 0) {
        int length = (int) Math.min(left, scratch.length);
        data.fill(scratch, 0, length);
        left -= length;
      }
      data.finish();
    }
  }

  /**
   * Inflates the next {@code length} bytes.
   *
   * @throws IOException if there are fewer, or they are damaged
   */
  void fill(byte[] out, int at, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int count = inflate(out, at + done, length - done);
      if (count == 0) {
        throw new IOException(
            "corrupt image data: %d bytes of pixels, expected the %d of %d x %d pixels"
                .formatted(
                    filled + done,
                    png.header().inflatedBytes(),
                    png.header().height(),
                    png.header().width()));
      }
      done += count;
    }
    filled += length;
  }

  /**
   * Checks that the stream ends here.
   *
   * @throws IOException if there is more data, or the end and its checksum are missing or wrong
   */
  void finish() throws IOException {
    if (inflate(new byte[1], 0, 1) != 0 || inflater.getRemaining() != 0 || moreParts()) {
      throw new IOException(
          "corrupt image data: more than the %d bytes of %d x %d pixels"
              .formatted(filled, png.header().height(), png.header().width()));
    }
    if (!inflater.finished()) {
      throw new IOException("corrupt image data: the end of the zlib stream is missing");
    }
  }

  private boolean moreParts() {
    while (parts.hasNext()) {
      if (parts.next().length() != 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many bytes it has inflated: none where the stream or its parts are at an end. */
  private int inflate(byte[] out, int at, int length) throws IOException {
    try {
      int count = inflater.inflate(out, at, length);
      while (count == 0 && inflater.needsInput() && parts.hasNext()) {
        Span part = parts.next();
        inflater.setInput(png.bytes(), part.at(), part.length());
        count = inflater.inflate(out, at, length);
      }
      return count;
    } catch (DataFormatException e) {
      throw new IOException("corrupt image data: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
