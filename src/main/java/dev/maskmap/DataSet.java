package dev.maskmap;

import dev.maskmap.internal.files.FileFormatException;
import dev.maskmap.internal.files.SealedJson;
import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code dataset.json}: the stores of which a data set is made. Immutable.
 *
 * @param parts in order, at least one
 */
record DataSet(List<Part> parts) {
  /** Nothing that leads out of the folder is a part. */
  private static final Pattern PART = Pattern.compile("part-[0-9]{5,9}\\.masks");

  /**
   * @param store name of its folder
   * @param masks that it holds
   * @param id of the store
   */
  record Part(String store, long masks, String id) {}

  DataSet {
    parts = List.copyOf(parts);
  }

  /** Whether a folder holds a document of a data set, and not a file of another kind so named. */
  static boolean isAt(Path folder) {
    try {
      JsonObject json = SealedJson.parse(folder.resolve(StoreFiles.DATA_SET));
      return json.has("features") && json.has("parts");
    } catch (IOException e) {
      return false;
    }
  }

  /** The name of a part. */
  static String name(int number) {
    return "part-%05d.masks".formatted(number);
  }

  static boolean isPart(String name) {
    return PART.matcher(name).matches();
  }

  /** The lowest number above those of all parts. */
  int nextNumber() {
    int next = 0;
    for (Part part : parts) {
      String digits = part.store().substring("part-".length(), part.store().lastIndexOf('.'));
      next = Math.max(next, Integer.parseInt(digits) + 1);
    }
    return next;
  }

  /** 32 hexadecimal digits derived from the ids of the parts. */
  String id() {
    return id(parts.stream().map(Part::id).toList());
  }

  /** The same of stores that are opened together. */
  static String id(List<String> ids) {
    MessageDigest digest = StoreId.sha256();
    digest.update("maskmap data set 1\n".getBytes(StandardCharsets.US_ASCII));
    for (String id : ids) {
      digest.update((id + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return StoreId.digits(digest);
  }

  byte[] encode() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", id());
    all.put("masks", parts.stream().mapToLong(Part::masks).sum());
    all.put("parts", parts.stream().map(DataSet::encode).toList());
    return SealedJson.encode(all);
  }

  private static Map<String, Object> encode(Part part) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("store", part.store());
    members.put("masks", part.masks());
    members.put("id", part.id());
    return members;
  }

  /**
   * Reads and checks the document of a data set; its parts are not looked at.
   *
   * @throws MaskFormatException if it is damaged, or this version cannot read it
   */
  static DataSet read(Path folder) throws IOException {
    Path file = folder.resolve(StoreFiles.DATA_SET);
    try {
      JsonObject json = SealedJson.read(file);
      List<Part> parts = new ArrayList<>();
      for (JsonObject part : json.objects("parts")) {
        parts.add(part(part, file));
      }
      DataSet set = new DataSet(parts);
      set.check(json, file);
      return set;
    } catch (JsonException | FileFormatException e) {
      throw new MaskFormatException(e);
    }
  }

  private void check(JsonObject json, Path file) throws IOException {
    long masks = json.integer("masks", 1, Long.MAX_VALUE);
    String id = json.string("id");
    long names = parts.stream().map(Part::store).distinct().count();
    BigInteger sum =
        parts.stream()
            .map(part -> BigInteger.valueOf(part.masks()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    if (parts.isEmpty()
        || names < parts.size()
        || !sum.equals(BigInteger.valueOf(masks))
        || !id.equals(id())) {
      throw new MaskFormatException(
          file,
          "%d masks and id %s, and its %d parts, %d of them different, make it %s and %s; copy the"
                  .formatted(masks, id, parts.size(), names, sum, id())
              + " data set again");
    }
  }

  private static Part part(JsonObject json, Path file) throws IOException {
    String store = json.string("store");
    if (!isPart(store)) {
      throw new MaskFormatException(
          file, "a part '%s'; expected names such as %s".formatted(store, name(0)));
    }
    return new Part(store, json.integer("masks", 1, Long.MAX_VALUE), json.string("id"));
  }
}
