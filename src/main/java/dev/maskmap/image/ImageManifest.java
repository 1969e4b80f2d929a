package dev.maskmap.image;

import dev.maskmap.internal.files.FileFormatException;
import dev.maskmap.internal.files.SealedJson;
import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * {@code maskmap-images.json}: what a store of images holds and how long each of its files is.
 *
 * @param id 32 hexadecimal digits derived from the content
 * @param images how many, at least 1
 * @param type of a sample
 * @param channels samples of a pixel
 * @param files every other file of the store
 */
record ImageManifest(
    String id, long images, ImageType type, int channels, Map<String, FileEntry> files) {
  private static final int DIGITS = 32;

  /**
   * @param bytes the file's length
   * @param crc32 of the whole file; the images have one each in a file of their own instead
   */
  record FileEntry(long bytes, OptionalLong crc32) {}

  FileEntry file(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  /** A digest to which the index files are added next, in the order of {@link ImageFiles#INDEX}. */
  static MessageDigest beginId(long images, ImageType type, int channels) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String line = "maskmap images 1 %d %s %d\n".formatted(images, type.descr(), channels);
      digest.update(line.getBytes(StandardCharsets.US_ASCII));
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String id(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  byte[] encode() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", id);
    all.put("images", images);
    all.put("type", type.descr());
    all.put("channels", channels);
    Map<String, Object> entries = new LinkedHashMap<>();
    files.forEach(
        (name, entry) -> {
          Map<String, Object> members = new LinkedHashMap<>();
          members.put("bytes", entry.bytes());
          entry.crc32().ifPresent(crc -> members.put(SealedJson.CRC, crc));
          entries.put(name, members);
        });
    all.put("files", entries);
    return SealedJson.encode(all);
  }

  /**
   * Reads and checks the manifest of a folder.
   *
   * @throws ImageFormatException if the folder is no store of images, or one this version cannot
   *     read
   */
  static ImageManifest read(Path folder) throws IOException {
    Path file = folder.resolve(ImageFiles.MANIFEST);
    try {
      return parse(SealedJson.read(file), file);
    } catch (JsonException | FileFormatException e) {
      throw new ImageFormatException(e);
    } catch (NoSuchFileException e) {
      throw Files.exists(folder)
          ? new ImageFormatException(
              folder,
              "not a store of images: it has no %s (a folder of images becomes one with `maskmap"
                      .formatted(ImageFiles.MANIFEST)
                  + " pack-images`)")
          : new NoSuchFileException(folder.toString(), null, "no such file or folder");
    }
  }

  private static ImageManifest parse(JsonObject json, Path file) throws IOException {
    String descr = json.string("type");
    ImageType type = ImageType.of(descr).orElse(null);
    if (type == null || !type.descr().equals(descr)) {
      throw new ImageFormatException(
          file,
          "type is %s, and this version of maskmap reads little-endian %s: use a newer maskmap"
              .formatted(descr, ImageType.all()));
    }
    Map<String, FileEntry> files = new LinkedHashMap<>();
    JsonObject entries = json.object("files");
    for (String name : entries.keys()) {
      JsonObject entry = entries.object(name);
      OptionalLong crc =
          entry.has(SealedJson.CRC)
              ? OptionalLong.of(entry.integer(SealedJson.CRC, 0, 0xFFFFFFFFL))
              : OptionalLong.empty();
      files.put(name, new FileEntry(entry.integer("bytes", 0, Long.MAX_VALUE), crc));
    }
    ImageManifest manifest =
        new ImageManifest(
            json.string("id"),
            json.integer("images", 1, Long.MAX_VALUE / 16 - 1),
            type,
            (int) json.integer("channels", 1, ImageStore.MAX_CHANNELS),
            files);
    manifest.checkListed(ImageFiles.PIXELS, false, file);
    for (String name : ImageFiles.INDEX) {
      manifest.checkListed(name, true, file);
    }
    return manifest;
  }

  private void checkListed(String name, boolean withCrc, Path file) throws ImageFormatException {
    FileEntry entry = files.get(name);
    if (entry == null || (withCrc && entry.crc32().isEmpty())) {
      String what = entry == null ? "" : " with its " + SealedJson.CRC;
      throw new ImageFormatException(
          file, "does not list " + name + what + "; copy the store again");
    }
  }
}
