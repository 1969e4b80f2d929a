package dev.maskmap.convert.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.DecodedImage.Kind;
import dev.maskmap.convert.pixels.PixelValues;
import dev.maskmap.testing.Python;
import dev.maskmap.testing.SharedMasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real masks, pixel by pixel against an independent decoder. */
@Tag("once")
class PillowOracleTest {

  /**
   * Prints file, format, height, width, kind and the SHA-256 of the raw values: a byte each, or a
   * little-endian int for 16-bit gray, or three bytes of colour. Pillow stretches gray of 2 and 4
   * bits to 0..255, which is undone. It keeps only the high byte of 16-bit gray with alpha, so no
   * more is compared ({@code GRAY-HIGH}). The lowest bit of 16-bit colours is left out ({@code
   * COLOR-16}): a small sample that is not zero stays so here, and becomes zero there.
   */
  private static final String SCRIPT =
      """
      import hashlib, os, sys
      import numpy as np
      from PIL import Image
      for name in sorted(os.listdir(sys.argv[1])):
          path = os.path.join(sys.argv[1], name)
          if not name.endswith(sys.argv[2]): continue
          try:
              image = Image.open(path)
              image.load()
          except Exception:
              print(name, "unreadable", 0, 0, "-", "-", sep="\\t")
              continue
          mode, pixels = image.mode, np.asarray(image)
          with open(path, "rb") as file: head = file.read(26)
          if image.format == "PNG" and head[24:26] == b"\\x10\\x04":
              kind, pixels = "GRAY-HIGH", pixels[..., 0].astype(np.uint8)
          elif mode in ("RGB", "RGBA"):
              kind, pixels = "COLOR", pixels[..., :3].astype(np.uint8)
              if image.format == "PNG" and head[24] == 16:
                  kind, pixels = "COLOR-16", pixels & 0xFE
          elif mode == "P":
              kind, pixels = "INDEXED", pixels
          elif mode in ("I", "I;16"):
              kind, pixels = "GRAY", pixels.astype("<i4")
          else:
              pixels = pixels[..., 0] if mode == "LA" else pixels.astype(np.uint8)
              kind = "GRAY" if image.format == "PNG" else "INDEXED"
              depth = head[24]
              if image.format == "PNG" and depth in (2, 4):
                  pixels = pixels // (255 // (2 ** depth - 1))
          digest = hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()
          print(name, image.format, image.height, image.width, kind, digest, sep="\\t")
      """;

  @Test
  void realFullHdMasksEqualPillow() throws IOException {
    assertEquals(Map.of(), refusals("fullhd", ".png"));
  }

  @Test
  void realMasksOfAllSizesEqualPillowAndTheJpegAmongThemIsRefused() throws IOException {
    Map<String, String> refused = refusals("varied", ".png");
    assertEquals(List.of("holds JPEG data"), reasons(refused, 15), refused.toString());
  }

  @Test
  void realGifsEqualPillow() throws IOException {
    assertEquals(Map.of(), refusals("varied", ".gif"));
  }

  @Test
  void thePngSuiteEqualsPillowAndItsBrokenFilesAreRefused() throws IOException {
    Map<String, String> refused = refusals("pngsuite", ".png");
    assertTrue(
        refused.keySet().stream().allMatch(name -> name.startsWith("x")), refused.toString());
    assertEquals(14, refused.size(), refused.toString());
  }

  private static List<String> reasons(Map<String, String> refused, int length) {
    return refused.values().stream().map(reason -> reason.substring(0, length)).toList();
  }

  /** Compares all files of a folder, and returns those that are refused with the reason. */
  private static Map<String, String> refusals(String sub, String extension) throws IOException {
    Path folder = SharedMasks.folder(sub);
    String printed = Python.require("numpy", "PIL").run(SCRIPT, folder.toString(), extension);
    Map<String, String> refused = new TreeMap<>();
    int compared = 0;
    for (String line : printed.lines().toList()) {
      String[] expected = line.split("\t");
      Path file = folder.resolve(expected[0]);
      try {
        assertEquals(line, describe(ImageDecoder.read(file), expected));
        compared++;
      } catch (IOException e) {
        refused.put(expected[0], e.getMessage().substring(file.toString().length() + 2));
      }
    }
    System.out.println(sub + "/*" + extension + ": equal to Pillow: " + compared);
    refused.forEach((name, reason) -> System.out.println("  refused " + name + ": " + reason));
    assertTrue(compared > 0, "nothing compared");
    return refused;
  }

  private static String describe(DecodedImage image, String[] expected) {
    return String.join(
        "\t",
        expected[0],
        expected[1],
        String.valueOf(image.height()),
        String.valueOf(image.width()),
        image.kind() + expected[4].replaceFirst("^[A-Z]*", ""),
        sha256(comparable(image, expected[4])));
  }

  private static byte[] comparable(DecodedImage image, String kind) {
    byte[] out = raw(image);
    if (kind.equals("COLOR-16")) {
      for (int i = 0; i < out.length; i++) {
        out[i] &= (byte) 0xFE;
      }
    }
    if (kind.equals("GRAY-HIGH")) {
      out = new byte[image.values().length()];
      for (int i = 0; i < out.length; i++) {
        out[i] = (byte) ((int) image.values().at(i) >> 8);
      }
    }
    return out;
  }

  private static byte[] raw(DecodedImage image) {
    PixelValues values = image.values();
    if (values instanceof PixelValues.Narrow(byte[] bytes)) {
      return bytes;
    }
    int size = image.kind() == Kind.COLOR ? 3 : 4;
    ByteBuffer out = ByteBuffer.allocate(values.length() * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length(); i++) {
      int value = (int) values.at(i);
      if (size == 4) {
        out.putInt(value);
      } else {
        out.put((byte) (value >> 16)).put((byte) (value >> 8)).put((byte) value);
      }
    }
    return out.array();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
