package dev.maskmap.convert.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PNG file whose chunks were checked by {@link PngChunks}.
 *
 * @param bytes the whole file; shared, not copied
 * @param header its first chunk
 * @param critical its chunks that an image cannot do without, whole, in order
 * @param data what the IDAT chunks hold, in order: together one zlib stream
 * @param palette colours {@code 0xRRGGBB} by index, one for each value of a sample; null unless the
 *     image is indexed. Indexes past the end of the file's palette are black, as in Pillow.
 * @param transparency what the tRNS chunk holds, unchecked; null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record PngFile(
    byte[] bytes,
    PngHeader header,
    List<Span> critical,
    List<Span> data,
    int @Nullable [] palette,
    byte @Nullable [] transparency) {

  /**
   * A part of the file.
   *
   * @param at where it begins
   * @param length how many bytes it has
   */
  record Span(int at, int length) {}

  /**
   * Returns the file without its ancillary chunks: profiles, gamma, transparency and texts change
   * what ImageIO makes of the samples, and none of them is part of a mask.
   */
  byte[] stripped() {
    int length = PngChunks.SIGNATURE_BYTES;
    for (Span span : critical) {
      length += span.length;
    }
    byte[] out = new byte[length];
    System.arraycopy(bytes, 0, out, 0, PngChunks.SIGNATURE_BYTES);
    int to = PngChunks.SIGNATURE_BYTES;
    for (Span span : critical) {
      System.arraycopy(bytes, span.at, out, to, span.length);
      to += span.length;
    }
    return out;
  }
}
