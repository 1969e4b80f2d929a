package dev.maskmap.convert.image;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import dev.maskmap.testing.Python;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What Pillow and NumPy make of image files, one line a page, and the same line made of ours.
 *
 * <p>Compared are the values themselves, with these differences, each of which is a word in the
 * line. Pillow stretches gray of 2 and 4 bits to 0..255: that is undone ({@code /85}, {@code /17}).
 * It keeps only the high byte of 16-bit alpha, and of 16-bit gray beside it, so no more is compared
 * ({@code high}). Of 16-bit colours the lowest of the remaining bits is left out ({@code even}): a
 * small sample that is not zero stays so with us, and becomes zero there. The transparent value of
 * a gray PNG of less than 8 bits is compared with the sample, as PNG has it, where Pillow compares
 * it with the stretched one; transparent colours of 16 bits are left out. Of lossy WebP, whose
 * colours come back up to 17 of 255 different, the gray mask at threshold 128 is compared ({@code
 * 128}).
 */
final class PillowPixels {
  /**
   * Prints path, page, height, width, kind, rule, sum of the values, the same of alpha, or why not.
   */
  private static final String SCRIPT =
      """
      import hashlib, os, sys
      import numpy as np
      from PIL import Image
      Image.MAX_IMAGE_PIXELS = None
      def digest(pixels):
          return hashlib.sha256(np.ascontiguousarray(pixels).astype("<i4").tobytes()).hexdigest()
      def rgb(p):
          p = p.astype("<i4")
          return p[..., 0] << 16 | p[..., 1] << 8 | p[..., 2]
      def depth_of(image, path):
          if image.format == "TIFF": return image.tag_v2.get(258, (1,))[0]
          if image.format != "PNG": return 8
          with open(path, "rb") as file: return file.read(25)[24]
      def color_of(path):
          with open(path, "rb") as file: return file.read(26)[25]
      def lossy(path):
          with open(path, "rb") as file: return b"VP8 " in file.read()
      def line(image, path):
          mode, pixels, depth = image.mode, np.asarray(image), depth_of(image, path)
          alpha, alpha_rule = None, "exact"
          if "transparency" in image.info and mode not in ("LA", "RGBA"):
              alpha = np.asarray(image.convert("RGBA"))[..., 3]
          if mode in ("LA", "RGBA"):
              alpha = pixels[..., -1]
              if depth == 16: alpha_rule = "high"
          rule = "exact"
          gray_alpha_16 = image.format == "PNG" and depth == 16 and color_of(path) == 4
          if gray_alpha_16:
              kind, rule, pixels = "GRAY", "high", pixels[..., 0]
          elif image.format == "WEBP" and lossy(path):
              kind, rule, pixels = "COLOR", "128", pixels[..., :3].max(-1) >= 128
          elif mode in ("RGB", "RGBA"):
              kind, pixels = "COLOR", rgb(pixels)
              if depth == 16: rule, pixels = "even", pixels & 0xFEFEFE
          else:
              palette = mode == "P" or image.format == "GIF"
              palette |= image.format == "BMP" and mode == "1"
              kind = "INDEXED" if palette else "GRAY"
              if mode == "F" or (mode == "I" and depth == 32): kind = "NUMBER"
              if mode == "LA":
                  pixels = pixels[..., 0]
              elif mode == "L" and image.format in ("PNG", "TIFF") and depth in (2, 4):
                  rule = {2: "/85", 4: "/17"}[depth]
                  pixels = pixels // int(rule[1:])
              if alpha is not None and mode in ("1", "L") and depth < 8:
                  alpha = (pixels.astype(int) != image.info["transparency"]) * 255
          if mode == "I" and depth == 16 and "transparency" in image.info: alpha = None
          if depth == 16 and mode == "RGB" and alpha is not None: alpha = None
          return (image.height, image.width, kind, rule, digest(pixels),
                  "-" if alpha is None else alpha_rule + " " + digest(alpha))
      for root, folders, names in os.walk(sys.argv[1]):
          folders.sort()
          for name in sorted(names):
              path = os.path.join(root, name)
              if not name.lower().endswith((".png", ".gif", ".bmp", ".tif", ".tiff", ".pbm", ".pgm",
                                            ".ppm", ".jpg", ".jpeg", ".webp")): continue
              shown = os.path.relpath(path, sys.argv[1])
              page = 0
              try:
                  image = Image.open(path)
                  for page in range(getattr(image, "n_frames", 1)):
                      image.seek(page)
                      image.load()
                      print(shown, page, *line(image, path), sep="\\t")
              except Exception as e:
                  print(shown, page, "unreadable", str(e).replace("\\n", " "), sep="\\t")
      """;

  private PillowPixels() {}

  /** The lines of all images in and below {@code folder}, by path. */
  static List<String> lines(Path folder) {
    return Python.require("numpy", "PIL").run(SCRIPT, folder.toString()).lines().toList();
  }

  /** The part of a line from height to sum, for {@code image}. */
  static String describe(DecodedImage image, String rule) {
    return String.join(
        "\t",
        String.valueOf(image.height()),
        String.valueOf(image.width()),
        image.kind().toString(),
        rule,
        digest(image, rule));
  }

  /** The last part of a line, for an image of alpha. */
  static String describeAlpha(DecodedImage image, String rule) {
    return image.kind() == Kind.ALPHA ? rule + " " + digest(image, rule) : "no alpha";
  }

  private static String digest(DecodedImage image, String rule) {
    MessageDigest digest = sha256();
    ByteBuffer row = ByteBuffer.allocate(4 * image.width()).order(ByteOrder.LITTLE_ENDIAN);
    PixelValues values = image.values();
    for (int y = 0, i = 0; y < image.height(); y++) {
      for (row.clear(); row.hasRemaining(); i++) {
        row.putInt(compared((int) values.at(i), rule));
      }
      digest.update(row.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static int compared(int value, String rule) {
    return switch (rule) {
      case "even" -> value & 0xFEFEFE;
      case "high" -> value >> 8;
      case "128" -> (value & 0x808080) == 0 ? 0 : 1;
      default -> value;
    };
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
