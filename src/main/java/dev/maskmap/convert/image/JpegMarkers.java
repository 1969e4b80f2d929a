package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.PixelLimit;
import java.io.IOException;

/**
 * The segments of a JPEG file (ITU-T T.81, annex B), walked up to the end marker, so that a file
 * cut short or of a kind that Java does not read is refused with a reason.
 */
final class JpegMarkers {
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;

  /** Three times what writers of progressive files use: each scan takes as long as the image. */
  private static final int MAX_SCANS = 100;

  /** More pixels than a byte can hold: a block of 64 takes at least a bit, chroma nothing. */
  private static final int MAX_PIXELS_PER_BYTE = 8 * 64 * 4;

  private final byte[] file;
  private int at = 2;
  private int scans;
  private boolean frame;

  private JpegMarkers(byte[] file) {
    this.file = file;
  }

  /**
   * Checks the file up to its end marker.
   *
   * @throws IOException if it is truncated, corrupt, too large, or not 8-bit gray or colour
   */
  static void check(byte[] file) throws IOException {
    new JpegMarkers(file).walk();
  }

  private void walk() throws IOException {
    for (int marker = marker(); marker != END; marker = marker()) {
      // Markers without a segment: TEM, RST0 to RST7, SOI.
      if (marker == 1 || (marker >= 0xD0 && marker <= 0xD8)) {
        continue;
      }
      int length = shortAt(at);
      if (length < 2) {
        throw new IOException(
            "corrupt JPEG: a segment of %d bytes at byte %d".formatted(length, at));
      }
      visit(marker);
      at += length;
      if (marker == SCAN) {
        skipScan();
      }
    }
    if (!frame || scans == 0) {
      throw new IOException("corrupt JPEG: it holds no image");
    }
  }

  private int marker() throws IOException {
    if (byteAt(at) != 0xFF) {
      throw new IOException("corrupt JPEG: no marker at byte " + at);
    }
    int marker = 0xFF;
    while (marker == 0xFF) {
      marker = byteAt(++at);
    }
    at++;
    return marker;
  }

  private void visit(int marker) throws IOException {
    // SOF0 to SOF15, among which DHT, JPG and DAC have their codes.
    boolean start = marker >= 0xC0 && marker <= 0xCF;
    if (start && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
      visitFrame(marker);
    }
    if (marker == SCAN && ++scans > MAX_SCANS) {
      throw new IOException("corrupt JPEG: more than %d scans".formatted(MAX_SCANS));
    }
  }

  private void visitFrame(int marker) throws IOException {
    int depth = byteAt(at + 2);
    int height = shortAt(at + 3);
    int width = shortAt(at + 5);
    int components = byteAt(at + 7);
    PixelLimit.check(height, width);
    if (marker > 0xC2 || depth != 8) {
      throw new IOException(
          "a JPEG of a rare kind (process %d, %d bits), which Java does not read; save it as PNG"
              .formatted(marker - 0xC0, depth));
    }
    if (components != 1 && components != 3) {
      throw new IOException(
          "a JPEG of %d components (CMYK, perhaps), which Java does not read; save it as PNG"
              .formatted(components));
    }
    if ((long) height * width / MAX_PIXELS_PER_BYTE > file.length) {
      throw new IOException(
          "corrupt JPEG: %d bytes cannot hold the %d x %d pixels of its header"
              .formatted(file.length, height, width));
    }
    frame = true;
  }

  /** Passes coded data: in it, 0xFF is followed by 0 or by a restart marker. */
  private void skipScan() throws IOException {
    int next = 0;
    while (next == 0 || (next >= 0xD0 && next <= 0xD7)) {
      while (byteAt(at) != 0xFF) {
        at++;
      }
      next = byteAt(++at);
    }
    at--;
  }

  private int shortAt(int index) throws IOException {
    return byteAt(index) << 8 | byteAt(index + 1);
  }

  private int byteAt(int index) throws IOException {
    if (index >= file.length) {
      throw new IOException(
          "truncated JPEG: it ends at byte %d, before its end marker".formatted(file.length));
    }
    return file[index] & 0xFF;
  }
}
