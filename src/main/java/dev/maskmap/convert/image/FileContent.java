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
  PNM,
  WEBP,
  LFS_POINTER,
  DAMAGED_PNG,
  EMPTY,
  OTHER;

  /** How many bytes are enough to tell. */
  static final int HEAD_BYTES = 64;

  /** The PNG signature (PNG specification, section 5.2). */
  private static final String PNG_SIGNATURE = "\u0089PNG\r\n\u001a\n";

  private static final int SHOWN_BYTES = 16;

  static FileContent of(byte[] file) {
    if (file.length == 0) {
      return EMPTY;
    }
    String head = new String(file, 0, Math.min(file.length, HEAD_BYTES), ISO_8859_1);
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
    // 42 is TIFF, 43 is BigTIFF.
    if (head.matches("(?s)(II[*+]\0|MM\0[*+]).*")) {
      return TIFF;
    }
    if (head.matches("(?s)P[1-6][\\s#].*")) {
      return PNM;
    }
    if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return WEBP;
    }
    if (head.startsWith("PNG", 1)) {
      return DAMAGED_PNG;
    }
    return head.startsWith("version https://git-lfs.github.com/spec/") ? LFS_POINTER : OTHER;
  }

  /** Says why a file that is no image is not read, given its first bytes. */
  String refusal(byte[] file) {
    return switch (this) {
      case EMPTY -> "the file is empty; expected an image";
      case LFS_POINTER ->
          "is a Git LFS pointer, not the image itself; fetch the image with: git lfs pull";
      case DAMAGED_PNG ->
          "corrupt PNG: its signature is damaged, as by a transfer as text; fetch the file again";
      default ->
          "not a PNG, GIF, BMP, TIFF, PNM, JPEG or WebP image: it begins with " + beginning(file);
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
