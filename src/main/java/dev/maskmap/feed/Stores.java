package dev.maskmap.feed;

import dev.maskmap.MaskStore;
import dev.maskmap.image.ChannelOrder;
import dev.maskmap.image.ImageCrops;
import dev.maskmap.image.ImagePadding;
import dev.maskmap.image.ImageStore;
import dev.maskmap.internal.json.JsonObject;
import dev.maskmap.load.MaskPlanes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The stores that a client names, opened. */
final class Stores implements AutoCloseable {
  private final SequencedMap<String, MaskStore> byName = new LinkedHashMap<>();
  private final List<MaskStore> all = new ArrayList<>();
  private @Nullable ImageCrops images;

  private Stores() {}

  /**
   * Opens them.
   *
   * @throws IOException if one cannot be opened, or a member is missing or of another kind
   */
  static Stores open(JsonObject members) throws IOException {
    Stores stores = new Stores();
    try {
      for (JsonObject each : members.objects("stores")) {
        String name = each.string("name");
        if (stores.byName.putIfAbsent(name, stores.openOne(each)) != null) {
          throw new IllegalArgumentException("two stores are named '%s'".formatted(name));
        }
      }
      if (members.has("valid")) {
        stores.openOne(members.object("valid"));
      }
      if (members.has("images")) {
        stores.openImages(members.object("images"), members);
      }
      return stores;
    } catch (IOException | RuntimeException | Error e) {
      stores.close();
      throw e;
    }
  }

  private MaskStore openOne(JsonObject store) throws IOException {
    MaskStore open = openPaths(store);
    all.add(open);
    return open;
  }

  private static MaskStore openPaths(JsonObject store) throws IOException {
    if (store.has("paths")) {
      return MaskStore.openAll(store.strings("paths").stream().map(Path::of).toList());
    }
    Path path = Path.of(store.string("path"));
    return store.has("height")
        ? MaskStore.openPacked(path, (int) store.integer("height", 1, Integer.MAX_VALUE))
        : MaskStore.open(path);
  }

  private void openImages(JsonObject wanted, JsonObject members) throws IOException {
    ImageStore open = ImageStore.open(Path.of(wanted.string("path")));
    try {
      images =
          ImageCrops.of(
                  open,
                  (int) members.integer("height", 1, Integer.MAX_VALUE),
                  (int) members.integer("width", 1, Integer.MAX_VALUE))
              .order(Names.of(ChannelOrder.class, wanted, "order"))
              .padding(Names.of(ImagePadding.class, wanted, "padding"))
              .scaled(wanted.bool("scaled"));
    } catch (IOException | RuntimeException | Error e) {
      open.close();
      throw e;
    }
  }

  /** Crops of images beside the masks, or null. */
  @Nullable ImageCrops images() {
    return images;
  }

  /** The store that is asked for sizes. */
  MaskStore first() {
    return all.getFirst();
  }

  Map<String, MaskStore> byName() {
    return byName;
  }

  /** Ids, in the order of a loader's state. */
  List<String> ids() {
    return all.stream().map(MaskStore::id).toList();
  }

  /** What a loader reads. */
  MaskPlanes planes(JsonObject members) throws IOException {
    MaskPlanes planes = MaskPlanes.of(byName);
    if (!members.has("classes") || !members.bool("classes")) {
      return planes;
    }
    return members.has("valid")
        ? planes.asClasses(
            all.getLast(), (int) members.integer("ignore", Integer.MIN_VALUE, Integer.MAX_VALUE))
        : planes.asClasses();
  }

  @Override
  public void close() {
    all.forEach(MaskStore::close);
    ImageCrops crops = images;
    if (crops != null) {
      crops.store().close();
    }
  }
}
