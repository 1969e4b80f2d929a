package dev.maskmap;

import dev.maskmap.internal.json.Json;
import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/**
 * {@code maskmap.json}: what a store holds and how long each of its files is. Its last member is
 * the CRC-32 of all bytes before that member's name.
 *
 * @param id 32 hexadecimal digits derived from the content
 * @param files every other file of the store, in the order in which they are written
 */
record Manifest(String id, Geometry geometry, Map<String, FileEntry> files) {
  static final int FORMAT = 1;
  static final String LAYOUT = "bits";
  private static final String CRC = "crc32";
  private static final long MAX_BYTES = 1 << 20;

  /**
   * @param bytes the file's length
   * @param crc32 of the whole file; the masks have one each in a file of their own instead
   */
  record FileEntry(long bytes, OptionalLong crc32) {}

  /** The entry of a file that every store has. */
  FileEntry file(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  byte[] encode() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format", FORMAT);
    all.put("features", List.of());
    all.put("id", id);
    all.put("layout", LAYOUT);
    all.put("masks", geometry.masks());
    all.put("height", geometry.height());
    all.put("width", geometry.width());
    all.put("planes", 1);
    all.put("packing", packing());
    Map<String, Object> entries = new LinkedHashMap<>();
    files.forEach((name, entry) -> entries.put(name, encode(entry)));
    all.put("files", entries);
    String members = Json.write(all);
    String prefix = members.substring(0, members.length() - 1) + ", ";
    long crc = crc32(prefix.getBytes(StandardCharsets.UTF_8));
    return (prefix + "\"" + CRC + "\": " + crc + "}\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> packing() {
    Map<String, Object> packing = new LinkedHashMap<>();
    packing.put("axis", -2);
    packing.put("bitorder", "big");
    return packing;
  }

  private static Map<String, Object> encode(FileEntry entry) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("bytes", entry.bytes());
    entry.crc32().ifPresent(crc -> members.put(CRC, crc));
    return members;
  }

  private static long crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  /**
   * Reads and checks the manifest of a store.
   *
   * @throws MaskFormatException if the folder is no store, or one this version cannot read
   */
  static Manifest read(Path store) throws IOException {
    Path file = store.resolve(StoreFiles.MANIFEST);
    byte[] bytes;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new MaskFormatException(file, "more than 1 MiB; a manifest has a few hundred bytes");
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new MaskFormatException(
          store,
          "not a store: it has no "
              + StoreFiles.MANIFEST
              + " (a folder of images becomes a store with `maskmap pack`)");
    }
    try {
      return parse(bytes, file);
    } catch (JsonException e) {
      throw new MaskFormatException(e);
    }
  }

  private static Manifest parse(byte[] bytes, Path file) throws IOException {
    JsonObject json = JsonObject.parse(bytes, file.toString());
    // Before the checksum: a later version may compute it in another way.
    long format = json.integer("format", 1, Long.MAX_VALUE);
    if (format > FORMAT) {
      throw new MaskFormatException(
          file,
          "format %d, and this version of maskmap reads format %d: use a newer maskmap"
              .formatted(format, FORMAT));
    }
    List<String> features = json.strings("features");
    if (!features.isEmpty()) {
      throw new MaskFormatException(
          file, "needs features this version does not know: " + features + "; use a newer maskmap");
    }
    checkCrc(json, bytes, file);
    expect(json.string("layout"), LAYOUT, "layout", file);
    expect(json.integer("planes", 1, Long.MAX_VALUE), 1L, "planes", file);
    JsonObject packing = json.object("packing");
    expect(packing.integer("axis", Long.MIN_VALUE, Long.MAX_VALUE), -2L, "packing.axis", file);
    expect(packing.string("bitorder"), "big", "packing.bitorder", file);
    return new Manifest(json.string("id"), geometry(json, file), files(json.object("files"), file));
  }

  private static void checkCrc(JsonObject json, byte[] bytes, Path file) throws IOException {
    long expected = json.integer(CRC, 0, 0xFFFFFFFFL);
    int end = json.offset(CRC);
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, end);
    if (crc.getValue() != expected) {
      throw new MaskFormatException(
          file,
          "damaged: the CRC-32 of its first %d bytes is %d, and it says %d; copy the store again"
              .formatted(end, crc.getValue(), expected));
    }
  }

  private static void expect(Object found, Object expected, String member, Path file)
      throws MaskFormatException {
    if (!found.equals(expected)) {
      throw new MaskFormatException(
          file,
          "%s is %s, and this version of maskmap reads %s: use a newer maskmap"
              .formatted(member, found, expected));
    }
  }

  private static Geometry geometry(JsonObject json, Path file) throws IOException {
    long masks = json.integer("masks", 1, Long.MAX_VALUE);
    int height = (int) json.integer("height", 1, Integer.MAX_VALUE);
    int width = (int) json.integer("width", 1, Integer.MAX_VALUE);
    try {
      return new Geometry(masks, height, width);
    } catch (IllegalArgumentException e) {
      throw new MaskFormatException(file, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, FileEntry> files(JsonObject json, Path file) throws IOException {
    Map<String, FileEntry> files = new LinkedHashMap<>();
    for (String name : json.keys()) {
      JsonObject entry = json.object(name);
      OptionalLong crc =
          entry.has(CRC)
              ? OptionalLong.of(entry.integer(CRC, 0, 0xFFFFFFFFL))
              : OptionalLong.empty();
      files.put(name, new FileEntry(entry.integer("bytes", 0, Long.MAX_VALUE), crc));
    }
    for (String name :
        List.of(
            StoreFiles.MASKS,
            StoreFiles.FOREGROUND,
            StoreFiles.AREAS,
            StoreFiles.CRC32,
            StoreFiles.NAMES,
            StoreFiles.NAME_OFFSETS)) {
      if (!files.containsKey(name)) {
        throw new MaskFormatException(file, "does not list " + name + "; copy the store again");
      }
    }
    return files;
  }
}
