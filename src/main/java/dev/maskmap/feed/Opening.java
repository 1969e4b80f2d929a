package dev.maskmap.feed;

import dev.maskmap.PixelType;
import dev.maskmap.image.ImageCrops;
import dev.maskmap.internal.json.JsonException;
import dev.maskmap.internal.json.JsonObject;
import dev.maskmap.load.LoaderOptions;
import dev.maskmap.load.LoaderState;
import dev.maskmap.load.PatchLoader;
import dev.maskmap.load.Uneven;
import dev.maskmap.sample.Sampler;
import dev.maskmap.sample.Turns;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loader as it is asked for, whose ring the client has yet to make. */
final class Opening implements AutoCloseable {
  private final Stores stores;
  private final Sampler sampler;
  private final LoaderOptions options;
  private final int slots;
  private final long seed;
  private final Arena arena = Arena.ofShared();

  private Opening(Stores stores, Message message) throws IOException {
    this.stores = stores;
    JsonObject members = message.members();
    sampler = Samplers.of(message, stores);
    slots = number(members, "in_flight", 2);
    seed = members.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    options =
        PatchLoader.of(stores.planes(members), sampler)
            .type(Names.of(PixelType.class, members, "type"))
            .batch(number(members, "batch", 1))
            .workers(number(members, "workers", 1))
            .inFlight(slots)
            .seed(seed)
            .rank(number(members, "rank", 0), number(members, "world", 1))
            .uneven(Names.of(Uneven.class, members, "uneven"))
            .keepLast(members.bool("keep_last"))
            .turns(Names.of(Turns.class, members, "turns"))
            .allowChanges(true);
    ImageCrops crops = stores.images();
    if (crops != null) {
      options.images(crops);
    }
  }

  private static int number(JsonObject members, String name, int least) throws JsonException {
    return (int) members.integer(name, least, Integer.MAX_VALUE);
  }

  /**
   * Opens the stores and makes the sampler.
   *
   * @throws IOException if a store cannot be opened, or a member is missing or of another kind
   * @throws IllegalArgumentException as the loader's and the sampler's own methods
   */
  static Opening of(Message message) throws IOException {
    Stores stores = Stores.open(message.members());
    try {
      return new Opening(stores, message);
    } catch (IOException | RuntimeException | Error e) {
      stores.close();
      throw e;
    }
  }

  int slots() {
    return slots;
  }

  /** What the client has to know to make the ring, and to tell states apart. */
  Map<String, Object> answer() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("message", "opened");
    members.put("slot_bytes", options.slotBytes());
    members.put("ring_bytes", options.memoryBytes());
    members.put("patches", sampler.size());
    members.put("sampler", sampler.describe());
    members.put("stores", stores.ids());
    ImageCrops crops = stores.images();
    if (crops != null) {
      members.put("images", crops.store().fingerprint());
      members.put("image_bytes", crops.bytes());
      members.put("image_type", crops.type().descr());
      members.put("image_channels", crops.store().channels());
    }
    return members;
  }

  /**
   * Makes the loader, with its batches in a file.
   *
   * @param ring as long as {@link #answer} says
   */
  PatchLoader loader(Path ring) throws IOException {
    try (FileChannel file =
        FileChannel.open(ring, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long bytes = options.memoryBytes();
      if (file.size() < bytes) {
        throw new IllegalArgumentException(
            "%s: a ring of %d bytes: expected %d".formatted(ring, file.size(), bytes));
      }
      MemorySegment memory = file.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      return options.memory(memory).open();
    }
  }

  /** A place to go on from: the client compares what it comes from. */
  LoaderState state(long epoch, long next) {
    return new LoaderState(seed, epoch, next, new LoaderState.Source("", "", List.of(), ""));
  }

  @Override
  public void close() {
    stores.close();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
