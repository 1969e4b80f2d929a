package dev.maskmap.cli;

import dev.maskmap.convert.LabelMap;
import dev.maskmap.convert.LabelledMasks;
import dev.maskmap.convert.Labels;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One store for each label, all with the same masks in the same order. A label that is met for the
 * first time gets its store then, and empty masks for all that came before.
 */
final class LabelStores implements AutoCloseable {
  static final String PLACE = "{label}";

  private final Path pattern;
  private final StoreOutput.Mode mode;
  private final @Nullable LayoutChoice layout;
  private final boolean dryRun;
  private final Labels labels;
  private final Map<String, One> stores = new LinkedHashMap<>();
  private final List<Taken> taken = new ArrayList<>();
  private boolean background;
  private boolean colors;

  /** One mask that all stores have. */
  private record Taken(String name, int height, int width) {}

  /** One store and what is in it. */
  static final class One {
    final StoreOutput output;
    final Path path;
    long pixels;
    long masks;

    One(StoreOutput output, Path path) {
      this.output = output;
      this.path = path;
    }

    void count(long foreground) {
      pixels += foreground;
      masks += foreground > 0 ? 1 : 0;
    }
  }

  /**
   * Begins the stores whose labels are known.
   *
   * @param pattern with {@link #PLACE} in it
   */
  LabelStores(
      Path pattern,
      StoreOutput.Mode mode,
      @Nullable LayoutChoice layout,
      boolean dryRun,
      Labels labels)
      throws IOException {
    this.pattern = pattern;
    this.mode = mode;
    this.layout = layout;
    this.dryRun = dryRun;
    this.labels = labels;
    try {
      for (String label : labels.names()) {
        begin(label);
      }
      if (labels.ignores()) {
        begin(Labels.VALID);
      }
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private One begin(String label) throws IOException {
    Path path = Path.of(pattern.toString().replace(PLACE, label));
    StoreFiles.checkTarget(path, mode == StoreOutput.Mode.OVERWRITE);
    StoreOutput output =
        dryRun ? StoreOutput.none(path, mode) : StoreOutput.open(path, mode, layout);
    One store = new One(output, path);
    stores.put(label, store);
    for (Taken before : taken) {
      output.add(before.name, empty(before.height, before.width));
    }
    return store;
  }

  private static PackedMask empty(int height, int width) {
    return new PackedMask(height, width, new byte[(height + 7) / 8 * width]);
  }

  /** Takes the masks of one label map. */
  void add(String name, LabelledMasks map) throws IOException {
    checkKind(name, map.colors());
    for (String label : map.masks().keySet()) {
      if (!stores.containsKey(label)) {
        checkCount(name);
        begin(label);
      }
    }
    PackedMask empty = null;
    for (Map.Entry<String, One> entry : stores.entrySet()) {
      PackedMask mask = map.masks().get(entry.getKey());
      if (mask == null) {
        empty = empty == null ? empty(map.height(), map.width()) : empty;
        entry.getValue().output.add(name, empty);
      } else {
        entry.getValue().output.add(name, mask);
        entry.getValue().count(map.foreground(entry.getKey()));
      }
    }
    taken.add(new Taken(name, map.height(), map.width()));
    background |= map.background();
  }

  /** 130000 could be a number or a colour, and a list is needed to tell what is one class. */
  private void checkKind(String name, boolean isColors) throws IOException {
    if (taken.isEmpty()) {
      colors = isColors;
    } else if (colors != isColors && !labels.isListed()) {
      throw new IOException(
          "%s: its ids are %s, and those before it are %s; split them apart, or list the ids with --labels"
              .formatted(name, kind(isColors), kind(colors)));
    }
  }

  private static String kind(boolean colors) {
    return colors ? "colours" : "numbers";
  }

  private void checkCount(String name) throws IOException {
    if (stores.size() - (labels.ignores() ? 1 : 0) == Labels.MAX_FOUND) {
      throw new IOException(
          "%s: more than %d ids in all. %s"
              .formatted(name, Labels.MAX_FOUND, LabelMap.tooManyHint()));
    }
  }

  /** Returns the stores by label, as they were met. */
  Map<String, One> stores() {
    return stores;
  }

  /** Whether pixels of value 0 were left out, without being asked about. */
  boolean background() {
    return background;
  }

  /** Puts all stores in place; where one cannot be, those that are new are taken away again. */
  void commit() throws IOException {
    List<One> done = new ArrayList<>();
    try {
      for (One store : stores.values()) {
        store.output.commit();
        done.add(store);
      }
    } catch (IOException | RuntimeException | Error e) {
      for (One store : done) {
        try {
          store.output.undo();
        } catch (IOException left) {
          e.addSuppressed(left);
        }
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (One store : stores.values()) {
      try {
        store.output.close();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
