package dev.maskmap.convert.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.maskmap.convert.pixels.Messages;
import java.util.Arrays;
import java.util.HexFormat;

/** What a file is, told by its first bytes: names lie, {@code .png} holding JPEG is common. */
enum FileContent {
  PNG,
  GIF,
  BMP,
  JPEG,
  TIFF,
  WEBP,
  LFS_POINTER,
  EMPTY,
  OTHER;

  /** The PNG signature (PNG specification, section 5.2). */
  private static final String PNG_SIGNATURE = "\u0089PNG\r\n\u001a\n";

  private static final int SHOWN_BYTES = 16;

  static FileContent of(byte[] file) {
    if (file.length == 0) {
      return EMPTY;
    }
    String head = new String(file, 0, Math.min(file.length, 64), ISO_8859_1);
    // A few bytes of the signature and no more: a PNG cut short, which is the better thing to say.
    if (head.startsWith(PNG_SIGNATURE) || PNG_SIGNATURE.startsWith(head)) {
      return PNG;
    }
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
      return GIF;
    }
    return ofOthers(head);
  }

  private static FileContent ofOthers(String head) {
    if (head.startsWith("BM")) {
      return BMP;
    }
    if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
      return TIFF;
    }
    if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return WEBP;
    }
    return head.startsWith("version https://git-lfs.github.com/spec/") ? LFS_POINTER : OTHER;
  }

  /** Says why a file of this content is not read, given its bytes. */
  String refusal(byte[] file) {
    return switch (this) {
      case EMPTY -> "the file is empty; expected a PNG, GIF or BMP image";
      case JPEG ->
          "holds JPEG data, whatever its name says: JPEG is lossy, so edges of a mask come back"
              + " with values that were never drawn; reading it comes with a later release,"
              + " for now save the mask as PNG";
      case TIFF -> "is a TIFF image: reading it comes with a later release, save it as PNG for now";
      case WEBP -> "is a WebP image, not a PNG, GIF or BMP; save it as PNG";
      case LFS_POINTER ->
          "is a Git LFS pointer, not the image itself; fetch the image with: git lfs pull";
      default -> "not a PNG, GIF or BMP image: it begins with " + beginning(file);
    };
  }

  private static String beginning(byte[] file) {
    byte[] head = Arrays.copyOf(file, Math.min(file.length, SHOWN_BYTES));
    for (byte b : head) {
      boolean text = (b >= 0x20 && b < 0x7F) || b == '\n' || b == '\r' || b == '\t';
      if (!text) {
        return "bytes " + HexFormat.ofDelimiter(" ").formatHex(head);
      }
    }
    return "the text '" + Messages.oneLine(new String(head, ISO_8859_1)) + "'";
  }
}
