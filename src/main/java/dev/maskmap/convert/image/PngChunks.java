package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.maskmap.convert.pixels.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (PNG specification, third edition, sections 5 and 11), checked one by
 * one up to IEND before anything is decoded. ImageIO does not check CRCs and returns partial
 * pictures for some files that were cut short; here every proper prefix of a file is refused.
 */
final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;
  private static final int CHUNK_OVERHEAD = 12;

  private final byte[] file;
  private final ByteBuffer in;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private PngHeader header = PngHeader.NONE;
  private boolean palette;
  private long dataBytes;

  private PngChunks(byte[] file) {
    this.file = file;
    this.in = ByteBuffer.wrap(file);
  }

  /**
   * Checks the file and returns it without its ancillary chunks: profiles, gamma, transparency and
   * texts change what ImageIO makes of the samples, and none of them is part of a mask.
   *
   * @throws IOException if the file is truncated, corrupt, animated, or too large
   */
  static Checked check(byte[] file) throws IOException {
    PngChunks chunks = new PngChunks(file);
    chunks.walk();
    return new Checked(chunks.header, chunks.kept.toByteArray());
  }

  /** What is left of a checked file. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Checked(PngHeader header, byte[] bytes) {}

  private void walk() throws IOException {
    if (file.length < SIGNATURE_BYTES) {
      throw new IOException("truncated PNG: %d bytes, within the signature".formatted(file.length));
    }
    kept.write(file, 0, SIGNATURE_BYTES);
    int at = SIGNATURE_BYTES;
    String type = "";
    while (!type.equals("IEND")) {
      int length = checkedLength(at);
      type = new String(file, at + 4, 4, ISO_8859_1);
      checkCrc(at, length, type);
      visit(at, length, type);
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
      case "IDAT" -> {
        if (header.indexed() && !palette) {
          throw new IOException("corrupt PNG: image data (IDAT) before the palette (PLTE)");
        }
        dataBytes += length;
        keep(at, length);
      }
      case "IEND" -> keep(at, length);
      case "acTL" -> refuseAnimation(at, length);
      default -> refuseCritical(at, type);
    }
  }

  private void visitPalette(int at, int length) throws IOException {
    if (length == 0 || length % 3 != 0 || length > 768) {
      throw new IOException("corrupt PNG: a palette (PLTE) of %d bytes".formatted(length));
    }
    if (header.indexed() && !palette) {
      keep(at, length);
    }
    palette = true;
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
    kept.write(file, at, CHUNK_OVERHEAD + length);
  }
}
