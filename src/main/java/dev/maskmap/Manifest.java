package dev.maskmap;

import dev.maskmap.internal.files.FileFormatException;
import dev.maskmap.internal.files.SealedJson;
import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code maskmap.json}: what a store holds and how long each of its files is.
 *
 * @param id 32 hexadecimal digits derived from the content
 * @param layout of its packed rows
 * @param masks how many, at least 1
 * @param size of every mask, or null where they differ: {@code shapes.npy} has them then
 * @param files every other file of the store, in the order in which they are written
 */
record Manifest(
    String id, Layout layout, long masks, @Nullable MaskSize size, Map<String, FileEntry> files) {
  /** The index files that every store has. */
  static final List<String> FILES =
      List.of(
          StoreFiles.FOREGROUND,
          StoreFiles.AREAS,
          StoreFiles.CRC32,
          StoreFiles.NAMES,
          StoreFiles.NAME_OFFSETS);

  /**
   * @param bytes the file's length
   * @param crc32 of the whole file; the masks have one each in a file of their own instead
   */
  record FileEntry(long bytes, OptionalLong crc32) {}

  /** The files of which checksums are kept, and of which the id is made, in order. */
  static List<String> indexFiles(Layout layout, boolean ragged) {
    List<String> files = new ArrayList<>(FILES);
    if (layout == Layout.RUNS) {
      files.add(StoreFiles.ROWS);
    }
    if (ragged) {
      files.add(StoreFiles.SHAPES);
    }
    if (ragged || layout == Layout.RUNS) {
      files.add(StoreFiles.OFFSETS);
    }
    return files;
  }

  /** Those of this store. */
  List<String> indexFiles() {
    return indexFiles(layout, size == null);
  }

  /** The entry of a file that the store has. */
  FileEntry file(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  byte[] encode() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", id);
    all.put("layout", layout.toString());
    all.put("masks", masks);
    if (size != null) {
      all.put("height", size.height());
      all.put("width", size.width());
    }
    all.put("planes", 1);
    all.put("packing", packing());
    Map<String, Object> entries = new LinkedHashMap<>();
    files.forEach((name, entry) -> entries.put(name, encode(entry)));
    all.put("files", entries);
    return SealedJson.encode(all);
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
    entry.crc32().ifPresent(crc -> members.put(SealedJson.CRC, crc));
    return members;
  }

  /**
   * Reads and checks the manifest of a store.
   *
   * @throws MaskFormatException if the folder is no store, or one this version cannot read
   */
  static Manifest read(Path store) throws IOException {
    Path file = store.resolve(StoreFiles.MANIFEST);
    try {
      return parse(SealedJson.read(file), file);
    } catch (JsonException | FileFormatException e) {
      throw new MaskFormatException(e);
    } catch (NoSuchFileException e) {
      throw Files.exists(store) ? noStore(store) : missing(store);
    }
  }

  private static MaskFormatException noStore(Path store) {
    if (Files.exists(store.resolve(StoreFiles.IMAGES))) {
      return new MaskFormatException(
          store, "a store of images, and one of masks is expected; `maskmap info` reads both");
    }
    return new MaskFormatException(
        store,
        "not a store: it has no "
            + StoreFiles.MANIFEST
            + " (a folder of images becomes a store with `maskmap pack`)");
  }

  private static MaskFormatException missing(Path store) {
    return new MaskFormatException(store, "missing; copy the store again");
  }

  private static Manifest parse(JsonObject json, Path file) throws IOException {
    Layout layout = layout(json.string("layout"), file);
    expect(json.integer("planes", 1, Long.MAX_VALUE), 1L, "planes", file);
    JsonObject packing = json.object("packing");
    expect(packing.integer("axis", Long.MIN_VALUE, Long.MAX_VALUE), -2L, "packing.axis", file);
    expect(packing.string("bitorder"), "big", "packing.bitorder", file);
    long masks = json.integer("masks", 1, Long.MAX_VALUE);
    MaskSize size = size(json, masks, file);
    Map<String, FileEntry> files = files(json.object("files"));
    Manifest manifest = new Manifest(json.string("id"), layout, masks, size, files);
    manifest.checkComplete(file);
    return manifest;
  }

  private static Layout layout(String found, Path file) throws MaskFormatException {
    if (found.equals(Layout.RUNS.toString())) {
      return Layout.RUNS;
    }
    expect(found, Layout.BITS.toString(), "layout", file);
    return Layout.BITS;
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

  private static @Nullable MaskSize size(JsonObject json, long masks, Path file)
      throws IOException {
    if (!json.has("height") && !json.has("width")) {
      return null;
    }
    int height = (int) json.integer("height", 1, Integer.MAX_VALUE);
    int width = (int) json.integer("width", 1, Integer.MAX_VALUE);
    try {
      return new UniformShapes(masks, new MaskSize(height, width)).size();
    } catch (IllegalArgumentException e) {
      throw new MaskFormatException(file, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, FileEntry> files(JsonObject json) throws IOException {
    Map<String, FileEntry> files = new LinkedHashMap<>();
    for (String name : json.keys()) {
      JsonObject entry = json.object(name);
      OptionalLong crc =
          entry.has(SealedJson.CRC)
              ? OptionalLong.of(entry.integer(SealedJson.CRC, 0, 0xFFFFFFFFL))
              : OptionalLong.empty();
      files.put(name, new FileEntry(entry.integer("bytes", 0, Long.MAX_VALUE), crc));
    }
    return files;
  }

  private void checkComplete(Path file) throws MaskFormatException {
    checkListed(layout.file(), false, file);
    for (String name : indexFiles()) {
      checkListed(name, true, file);
    }
  }

  private void checkListed(String name, boolean withCrc, Path file) throws MaskFormatException {
    FileEntry entry = files.get(name);
    if (entry == null || (withCrc && entry.crc32().isEmpty())) {
      String what = entry == null ? "" : " with its " + SealedJson.CRC;
      throw new MaskFormatException(
          file, "does not list " + name + what + "; copy the store again");
    }
  }
}
