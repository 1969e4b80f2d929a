package dev.maskmap.sample;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Weights of some masks of a store; the others have weight 1. Keeps what is listed, whatever the
 * size of the store. Immutable.
 */
public final class Weights {
  private static final Pattern DECIMAL =
      Pattern.compile("(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  /** Indices in the store, ascending. */
  private final long[] listed;

  private final long[] units;

  /** Masks of the store. */
  private final long all;

  private Weights(long all, SortedMap<Long, Long> unitsOfMasks) {
    this.all = all;
    listed = unitsOfMasks.keySet().stream().mapToLong(mask -> mask).toArray();
    units = unitsOfMasks.values().stream().mapToLong(unit -> unit).toArray();
  }

  /**
   * Reads a file of weights: UTF-8, on each line a name, a tab and a weight, a decimal number from
   * 0 to 2^42. Lines that are empty or begin with {@code #} are skipped. Weights are counted in
   * steps of 2^-20. A name that several masks have is handled as {@link NamesFile} does.
   *
   * @throws IOException as {@link NamesFile#read}; also if there is no tab, or no such number
   * @throws IllegalStateException if the store is closed
   * @throws dev.maskmap.MaskAccessException if a file of the store was cut short
   */
  public static Weights read(Path file, MaskStore store) throws IOException {
    NamedLines lines = NamedLines.read(file, true);
    SortedMap<Long, Long> units = new TreeMap<>();
    lines.find(
        store,
        (line, masks) -> {
          long each = units(lines, line);
          for (long mask : masks) {
            units.put(mask, each);
          }
        });
    return new Weights(store.size(), units);
  }

  private static long units(NamedLines lines, NamedLines.Line line) throws IOException {
    if (!DECIMAL.matcher(line.value()).matches()) {
      throw lines.failed(
          line,
          "'%s' for '%s': expected a weight of 0 or more, such as 2.5"
              .formatted(line.value(), line.name()));
    }
    try {
      return Units.of(Double.parseDouble(line.value()));
    } catch (IllegalArgumentException e) {
      throw lines.failed(line, "'%s': %s".formatted(line.name(), e.getMessage()));
    }
  }

  /** Those of some or all masks of the store, under their numbers among these. */
  Units units(Masks masks) {
    if (masks.ofStore().size() != all) {
      throw new IllegalArgumentException(
          "weights of a store of %d masks: these are of one of %d"
              .formatted(all, masks.ofStore().size()));
    }
    if (masks.ofStore().equals(masks)) {
      return Units.of(masks.size(), listed, units);
    }
    long[] here = new long[listed.length];
    long[] own = new long[listed.length];
    int count = 0;
    for (long mask = 0; mask < masks.size(); mask++) {
      int found = Arrays.binarySearch(listed, masks.index(mask));
      if (found >= 0) {
        here[count] = mask;
        own[count++] = units[found];
      }
    }
    return Units.of(masks.size(), Arrays.copyOf(here, count), Arrays.copyOf(own, count));
  }
}
