package dev.maskmap.feed;

import dev.maskmap.MaskStore;
import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import dev.maskmap.sample.ClassShare;
import dev.maskmap.sample.Masks;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Sampling;
import dev.maskmap.sample.SmallMasks;
import java.util.ArrayList;
import java.util.List;

/** Samplers as a client describes them. */
final class Samplers {
  private static final int MOST_SIDE = 1 << 24;

  private Samplers() {}

  /**
   * The sampler of a message.
   *
   * @throws JsonException if a member is missing, of another kind or out of range
   * @throws IllegalArgumentException as the methods of {@link Sampling}
   */
  static Sampler of(Message message, Stores stores) throws JsonException {
    JsonObject members = message.members();
    Sampling sampling =
        Sampling.of(masks(message, stores.first()), side(members, "height"), side(members, "width"))
            .smallMasks(Names.of(SmallMasks.class, members, "small"))
            .patchesPerMask((int) members.integer("per_mask", 1, Integer.MAX_VALUE));
    for (Message.Numbers array : message.arrays()) {
      if (array.name().equals("weights")) {
        sampling = sampling.weights(array.doubles());
      }
    }
    int batch = (int) members.integer("batch", 1, Integer.MAX_VALUE);
    JsonObject sampler = members.object("sampler");
    return sampler.string("kind").equals("classes")
        ? sampling.foregroundOfClasses(classes(message, stores), batch)
        : of(sampler, sampling, batch);
  }

  /** Those of a store that the lists of the message leave, in turn. */
  private static Masks masks(Message message, MaskStore store) {
    Masks masks = Masks.of(store);
    for (Message.Numbers array : message.arrays()) {
      if (array.name().equals("only")) {
        masks = masks.only(array.longs());
      } else if (array.name().equals("without")) {
        masks = masks.without(array.longs());
      }
    }
    return masks;
  }

  private static List<ClassShare> classes(Message message, Stores stores) throws JsonException {
    List<ClassShare> classes = new ArrayList<>();
    for (JsonObject each : message.members().object("sampler").objects("shares")) {
      String name = each.string("name");
      MaskStore store = stores.byName().get(name);
      if (store == null) {
        throw new IllegalArgumentException("a share of '%s', which is no store".formatted(name));
      }
      classes.add(new ClassShare(name, masks(message, store), each.number("share")));
    }
    return classes;
  }

  private static Sampler of(JsonObject sampler, Sampling sampling, int batch) throws JsonException {
    String kind = sampler.string("kind");
    return switch (kind) {
      case "uniform" -> sampling.uniform();
      case "area" -> sampling.byArea();
      case "foreground" -> sampling.foreground(sampler.number("share"), batch);
      case "foreground-of-all" -> sampling.foregroundOfAll(sampler.number("share"), batch);
      case "grid" -> sampling.grid(side(sampler, "stride_y"), side(sampler, "stride_x"));
      case "at-least" ->
          sampling.atLeast(
              of(sampler.object("of"), sampling, batch),
              sampler.integer("pixels", 0, Long.MAX_VALUE),
              (int) sampler.integer("attempts", 1, Integer.MAX_VALUE));
      default ->
          throw new IllegalArgumentException(
              "a sampler '%s': expected uniform, area, foreground, foreground-of-all, classes, grid or"
                      .formatted(kind)
                  + " at-least");
    };
  }

  private static int side(JsonObject members, String name) throws JsonException {
    return (int) members.integer(name, 1, MOST_SIDE);
  }
}
