package dev.maskmap.load;

import dev.maskmap.internal.json.Json;
import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a loader is, and what it drew from: what it takes to go on from there. It is the same for
 * all ranks that have had the same number of batches, and says nothing of how many ranks there are.
 * Of one size, however far the loader is.
 *
 * @param seed of the patches
 * @param epoch under way
 * @param next the first patch of the epoch that no rank was handed
 * @param source what the patches are drawn from
 */
public record LoaderState(long seed, long epoch, long next, Source source) {
  private static final String VERSION = "maskmap_loader";

  /**
   * What makes patches the same patches, beside the seed.
   *
   * @param sampler as it {@link dev.maskmap.sample.Sampler#describe describes} itself
   * @param turns how patches are turned, in lower case
   * @param stores the {@link dev.maskmap.MaskStore#id} of each; empty for a bare array
   * @param images the {@link dev.maskmap.image.ImageStore#fingerprint}; empty where there are none
   */
  public record Source(String sampler, String turns, List<String> stores, String images) {
    /** Copies the list. */
    public Source {
      stores = List.copyOf(stores);
    }
  }

  /** One line of JSON, to keep beside a checkpoint. */
  public String toJson() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put(VERSION, 1);
    members.put("seed", seed);
    members.put("epoch", epoch);
    members.put("next", next);
    members.put("sampler", source.sampler());
    members.put("turns", source.turns());
    members.put("stores", source.stores());
    members.put("images", source.images().isEmpty() ? null : source.images());
    return Json.write(members);
  }

  /**
   * Reads what {@link #toJson} wrote. Members that this version does not know are ignored.
   *
   * @throws IllegalArgumentException if the text is no such state: the message says at which byte
   */
  public static LoaderState fromJson(String json) {
    try {
      JsonObject members =
          JsonObject.parse(json.getBytes(StandardCharsets.UTF_8), "state of a loader");
      members.integer(VERSION, 1, 1);
      return new LoaderState(
          members.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
          members.integer("epoch", Long.MIN_VALUE, Long.MAX_VALUE),
          members.integer("next", 0, Long.MAX_VALUE),
          new Source(
              members.string("sampler"),
              members.string("turns"),
              members.strings("stores"),
              members.has("images") && !members.isNull("images") ? members.string("images") : ""));
    } catch (JsonException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
