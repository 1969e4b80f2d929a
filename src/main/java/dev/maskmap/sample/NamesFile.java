package dev.maskmap.sample;

import dev.maskmap.MaskStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Files that list masks by name, such as those of a fold: UTF-8, one name a line. Lines that are
 * empty or begin with {@code #} are skipped, so a name that begins so cannot be listed.
 *
 * <pre>{@code
 * long[] fold = NamesFile.read(Path.of("fold-3.txt"), store);
 * Sampler train = Sampling.of(Masks.of(store).without(fold), 256, 256).uniform();
 * Sampler validation = Sampling.of(Masks.of(store).only(fold), 256, 256).grid(256, 256);
 * }</pre>
 */
public final class NamesFile {
  private NamesFile() {}

  /**
   * Reads the indices of the masks that a file names, in its order. Goes through the names of the
   * store once, and keeps the listed ones only. Names are unique in a store; a name that several
   * masks of a data set have all the same stands for all of them, in order.
   *
   * @throws IOException if the file cannot be read or names none; if a name is not in the store, or
   *     is listed twice, which names the line and for an unknown name the nearest one; if the store
   *     is a bare array, which has no names
   * @throws IllegalStateException if the store is closed
   * @throws dev.maskmap.MaskAccessException if a file of the store was cut short
   */
  public static long[] read(Path file, MaskStore store) throws IOException {
    Growing masks = new Growing();
    NamedLines.read(file, false).find(store, (line, found) -> masks.add(found));
    return masks.all();
  }

  /** A list of numbers. */
  private static final class Growing {
    private long[] numbers = new long[16];
    private int count;

    void add(long[] more) {
      if (count + more.length > numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * (count + more.length));
      }
      System.arraycopy(more, 0, numbers, count, more.length);
      count += more.length;
    }

    long[] all() {
      return Arrays.copyOf(numbers, count);
    }
  }
}
