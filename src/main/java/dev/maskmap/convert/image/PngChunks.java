package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.maskmap.convert.image.PngFile.Span;
import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG file (PNG specification, third edition, sections 5 and 11), checked one by
 * one up to IEND before anything is decoded. ImageIO does not check CRCs and returns partial
 * pictures for some files that were cut short; here every proper prefix of a file is refused.
 */
final class PngChunks {
  static final int SIGNATURE_BYTES = 8;
  private static final int CHUNK_OVERHEAD = 12;

  private final byte[] file;
  private final ByteBuffer in;
  private final List<Span> critical = new ArrayList<>();
  private final List<Span> data = new ArrayList<>();
  private PngHeader header = PngHeader.NONE;
  private int @Nullable [] palette;
  private byte @Nullable [] transparency;
  private String previous = "";
  private long dataBytes;

  private PngChunks(byte[] file) {
    this.file = file;
    this.in = ByteBuffer.wrap(file);
  }

  /**
   * Checks the file and says where its parts are.
   *
   * @throws IOException if the file is truncated, corrupt, animated, or too large
   */
  static PngFile check(byte[] file) throws IOException {
    PngChunks chunks = new PngChunks(file);
    chunks.walk();
    return new PngFile(
        file,
        chunks.header,
        chunks.critical,
        chunks.data,
        chunks.header.indexed() ? chunks.palette : null,
        chunks.transparency);
  }

  private void walk() throws IOException {
    if (file.length < SIGNATURE_BYTES) {
      throw new IOException("truncated PNG: %d bytes, within the signature".formatted(file.length));
    }
    int at = SIGNATURE_BYTES;
    while (!previous.equals("IEND")) {
      int length = checkedLength(at);
      String type = new String(file, at + 4, 4, ISO_8859_1);
      checkCrc(at, length, type);
      visit(at, length, type);
      previous = type;
      at += CHUNK_OVERHEAD + length;
    }
    if (dataBytes == 0) {
      throw new IOException("corrupt PNG: it has no image data (IDAT)");
    }
    header.checkDataBytes(dataBytes);
  }

  private int checkedLength(int at) throws IOException {
    int left = file.length - at;
    if (left < CHUNK_OVERHEAD) {
      throw new IOException(
          "truncated PNG: it ends at byte %d, before the end chunk (IEND)".formatted(file.length));
    }
    int length = in.getInt(at);
    if (length < 0) {
      throw new IOException(
          "corrupt PNG: a chunk of %d bytes at byte %d".formatted(length & 0xFFFFFFFFL, at));
    }
    if (length > left - CHUNK_OVERHEAD) {
      throw new IOException(
          "truncated PNG: it ends at byte %d, within a chunk of %d bytes that begins at byte %d"
              .formatted(file.length, length, at));
    }
    return length;
  }

  private void checkCrc(int at, int length, String type) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(file, at + 4, length + 4);
    int stored = in.getInt(at + 8 + length);
    if ((int) crc.getValue() != stored) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "corrupt PNG: chunk %s at byte %d has CRC %08x, expected %08x",
              Messages.oneLine(type),
              at,
              stored,
              (int) crc.getValue()));
    }
  }

  private void visit(int at, int length, String type) throws IOException {
    if (at == SIGNATURE_BYTES) {
      header = PngHeader.parse(type, ByteBuffer.wrap(file, at + 8, length).slice());
    }
    switch (type) {
      case "IHDR" -> {
        if (at != SIGNATURE_BYTES) {
          throw new IOException("corrupt PNG: a second header (IHDR) at byte " + at);
        }
        keep(at, length);
      }
      case "PLTE" -> visitPalette(at, length);
      case "IDAT" -> visitData(at, length);
      case "IEND" -> keep(at, length);
      case "tRNS" -> transparency = Arrays.copyOfRange(file, at + 8, at + 8 + length);
      case "acTL" -> refuseAnimation(at, length);
      default -> refuseCritical(at, type);
    }
  }

  private void visitData(int at, int length) throws IOException {
    if (header.indexed() && palette == null) {
      throw new IOException("corrupt PNG: image data (IDAT) before the palette (PLTE)");
    }
    if (!data.isEmpty() && !previous.equals("IDAT")) {
      throw new IOException(
          "corrupt PNG: chunk %s between the chunks of image data (IDAT), which must follow each"
                  .formatted(Messages.oneLine(previous))
              + " other");
    }
    dataBytes += length;
    data.add(new Span(at + 8, length));
    keep(at, length);
  }

  private void visitPalette(int at, int length) throws IOException {
    if (length == 0 || length % 3 != 0 || length > 768) {
      throw new IOException("corrupt PNG: a palette (PLTE) of %d bytes".formatted(length));
    }
    if (header.indexed() && palette == null) {
      keep(at, length);
      palette = colors(at + 8, length / 3);
    }
  }

  private int[] colors(int at, int count) {
    int[] colors = new int[1 << header.depth()];
    for (int i = 0; i < Math.min(count, colors.length); i++) {
      // The byte before the colour is the highest of the int: read it, and drop it.
      colors[i] = in.getInt(at + 3 * i - 1) & 0xFFFFFF;
    }
    return colors;
  }

  private void refuseAnimation(int at, int length) throws IOException {
    int frames = length < 4 ? 1 : in.getInt(at + 8);
    if (frames != 1) {
      throw new IOException("an animated PNG of %d frames; a mask is one".formatted(frames));
    }
  }

  /** A chunk whose name begins with a capital letter must be understood to read the image. */
  private void refuseCritical(int at, String type) throws IOException {
    if ((type.charAt(0) & 0x20) == 0) {
      throw new IOException(
          "corrupt PNG: unknown chunk %s at byte %d".formatted(Messages.oneLine(type), at));
    }
  }

  private void keep(int at, int length) {
    critical.add(new Span(at, CHUNK_OVERHEAD + length));
  }
}
