package dev.maskmap.internal.files;

import dev.maskmap.internal.json.Json;
import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The documents that describe a store and a data set: a JSON object that begins with its format and
 * the features a reader must know, and ends with the CRC-32 of all bytes before that member's name.
 */
public final class SealedJson {
  public static final int FORMAT = 1;
  public static final String CRC = "crc32";
  private static final long MAX_BYTES = 1 << 20;

  private SealedJson() {}

  /** The document with these members between its first and its last ones. */
  public static byte[] encode(Map<String, Object> members) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format", FORMAT);
    all.put("features", List.of());
    all.putAll(members);
    String text = Json.write(all);
    String prefix = text.substring(0, text.length() - 1) + ", ";
    CRC32 crc = new CRC32();
    crc.update(prefix.getBytes(StandardCharsets.UTF_8));
    String sealed = prefix + "\"" + CRC + "\": " + crc.getValue() + "}\n";
    return sealed.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a document and checks format, features and checksum.
   *
   * @throws FileFormatException if it is damaged or of a newer version
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  public static JsonObject read(Path file) throws IOException {
    byte[] bytes = bytes(file);
    JsonObject json = JsonObject.parse(bytes, file.toString());
    // Before the checksum: a later version may compute it in another way.
    long format = json.integer("format", 1, Long.MAX_VALUE);
    if (format > FORMAT) {
      throw new FileFormatException(
          file,
          "format %d, and this version of maskmap reads format %d: use a newer maskmap"
              .formatted(format, FORMAT));
    }
    List<String> features = json.strings("features");
    if (!features.isEmpty()) {
      throw new FileFormatException(
          file, "needs features this version does not know: " + features + "; use a newer maskmap");
    }
    checkCrc(json, bytes, file);
    return json;
  }

  /** Reads a document without checking what is in it. */
  public static JsonObject parse(Path file) throws IOException {
    return JsonObject.parse(bytes(file), file.toString());
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new FileFormatException(file, "more than 1 MiB; expected a small document");
    }
    return Files.readAllBytes(file);
  }

  private static void checkCrc(JsonObject json, byte[] bytes, Path file)
      throws FileFormatException, JsonException {
    long expected = json.integer(CRC, 0, 0xFFFFFFFFL);
    int end = json.offset(CRC);
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, end);
    if (crc.getValue() != expected) {
      throw new FileFormatException(
          file,
          "damaged: the CRC-32 of its first %d bytes is %d, and it says %d; copy the store again"
              .formatted(end, crc.getValue(), expected));
    }
  }
}
