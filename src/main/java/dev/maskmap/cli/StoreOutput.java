package dev.maskmap.cli;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import dev.maskmap.StoreEdit;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where packed masks go. Nothing of them is seen before {@link #commit}, and nothing is left where
 * it is closed without.
 */
final class StoreOutput implements AutoCloseable {
  private final Path store;
  private final Mode mode;
  private final LayoutChoice layout;
  private final @Nullable MaskStoreWriter writer;

  /** Where the writer writes. */
  private final Path written;

  private long masks;

  /** What becomes of a store that is there. */
  enum Mode {
    /** None may be. */
    CREATE,
    /** It is replaced as a whole. */
    OVERWRITE,
    /** It is a data set, which gets one more part. */
    APPEND,
    /** Its masks of the same names are replaced. */
    REPLACE
  }

  private StoreOutput(
      Path store, Mode mode, LayoutChoice layout, @Nullable MaskStoreWriter writer, Path written) {
    this.store = store;
    this.mode = mode;
    this.layout = layout;
    this.writer = writer;
    this.written = written;
  }

  /**
   * Begins to write {@code store}.
   *
   * @param given the layout that was asked for; without it bits, and where something is there that
   *     grows, what that has
   * @throws IOException if it cannot be written, or another writer is at work
   */
  static StoreOutput open(Path store, Mode mode, @Nullable LayoutChoice given) throws IOException {
    // An edit takes its masks from a store: it is made beside the one that is edited.
    Path written = mode == Mode.REPLACE ? beside(store) : store;
    LayoutChoice choice = given == null ? LayoutChoice.BITS : given;
    Layout layout = choice.written();
    MaskStoreWriter writer =
        switch (mode) {
          case CREATE, REPLACE -> MaskStoreWriter.create(written, layout);
          case OVERWRITE -> MaskStoreWriter.replace(written, layout);
          case APPEND ->
              given == null
                  ? MaskStoreWriter.append(written)
                  : MaskStoreWriter.append(written, layout);
        };
    return new StoreOutput(store, mode, choice, writer, written);
  }

  /** Takes masks, and writes nothing. */
  static StoreOutput none(Path store, Mode mode) {
    return new StoreOutput(store, mode, LayoutChoice.BITS, null, store);
  }

  private static Path beside(Path store) {
    String suffix = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    Path name = store.toAbsolutePath().normalize().getFileName();
    return store.toAbsolutePath().normalize().resolveSibling("." + name + ".new-" + suffix);
  }

  /** Takes a mask. */
  void add(String name, PackedMask mask) throws IOException {
    if (writer != null) {
      writer.addPacked(name, mask.height(), mask.width(), MemorySegment.ofArray(mask.rows()));
    }
    masks++;
  }

  /** Returns how many masks it took. */
  long masks() {
    return masks;
  }

  /** Puts everything in its place. */
  void commit() throws IOException {
    if (writer == null) {
      return;
    }
    layout.commit(writer);
    if (mode == Mode.REPLACE) {
      try (MaskStore masks = MaskStore.open(written)) {
        StoreEdit.replace(store, masks);
      }
    }
  }

  /** Takes back a commit of {@link Mode#CREATE}, because other stores cannot follow. */
  void undo() throws IOException {
    if (mode == Mode.CREATE && writer != null) {
      StoreFiles.delete(store);
    }
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
      if (mode == Mode.REPLACE && Files.exists(written)) {
        StoreFiles.delete(written);
      }
    }
  }
}
