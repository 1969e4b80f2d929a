package dev.maskmap.convert.coco;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maskmap.convert.coco.CocoRequest.Crowd;
import dev.maskmap.convert.coco.CocoRequest.Per;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Annotation files, and the masks that we make of them. */
final class CocoFiles {
  /** The independent arithmetic that masks are compared with. */
  static final Path ORACLE = Path.of("src", "test", "python", "coco_oracle.py");

  private CocoFiles() {}

  static Path write(Path folder, String json) throws IOException {
    return Files.writeString(folder.resolve("a.json"), json);
  }

  static MaskFile file(Path path) {
    String name = String.valueOf(path.getFileName());
    return new MaskFile(name.replaceFirst("\\.json$", ""), path);
  }

  static CocoRequest per(Per per) {
    return new CocoRequest(per, List.of(), Crowd.INCLUDE, null);
  }

  /** All masks in their order; they are read after the source is closed, as an import may do. */
  static Map<String, PackedMask> masks(Path path, CocoRequest request) throws IOException {
    Map<String, PackedMask> masks = new LinkedHashMap<>();
    for (MaskItem item : items(path, request)) {
      if (masks.put(item.name(), (PackedMask) item.read()) != null) {
        throw new AssertionError("two masks are called " + item.name());
      }
    }
    return masks;
  }

  static List<MaskItem> items(Path path, CocoRequest request) throws IOException {
    List<MaskItem> items = new ArrayList<>();
    try (MaskSource source = CocoSource.open(file(path), request)) {
      for (MaskItem item = source.next(); item != null; item = source.next()) {
        items.add(item);
      }
    }
    return items;
  }

  /** Each mask as the oracle prints it. */
  static List<String> lines(Path path, Per per) throws IOException {
    List<String> lines = new ArrayList<>();
    String kind = per.name().toLowerCase(java.util.Locale.ROOT);
    masks(path, per(per))
        .forEach(
            (name, mask) ->
                lines.add(
                    String.join(
                        "\t",
                        String.valueOf(path.getFileName()),
                        kind,
                        name,
                        String.valueOf(mask.height()),
                        String.valueOf(mask.width()),
                        String.valueOf(count(mask)),
                        sha256(mask.rows()))));
    return lines;
  }

  static int count(PackedMask mask) {
    int count = 0;
    for (byte b : mask.rows()) {
      count += Integer.bitCount(b & 0xFF);
    }
    return count;
  }

  /** Draws a mask in rows of '.' and '#'. */
  static String picture(PackedMask mask) {
    StringBuilder out = new StringBuilder();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        int bit = mask.rows()[y / 8 * mask.width() + x] >> (7 - y % 8) & 1;
        out.append(bit == 1 ? '#' : '.');
      }
      out.append('\n');
    }
    return out.toString();
  }

  static String oracle() {
    try {
      return Files.readString(ORACLE, UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
