package dev.maskmap.testing;

import dev.maskmap.Mask;
import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** Masks for tests, as stores that are gone afterwards. */
public final class Masks {
  private Masks() {}

  /** The mask drawn by lines of {@code #} and anything else. */
  public static Pixels of(String drawing) {
    List<String> lines = drawing.lines().toList();
    int width = lines.getFirst().length();
    BitSet bits = new BitSet();
    for (int i = 0; i < lines.size() * width; i++) {
      bits.set(i, lines.get(i / width).charAt(i % width) == '#');
    }
    return Pixels.of(lines.size(), width, bits);
  }

  /** Does something with one mask, in a file without a header: nothing is synced to a disk. */
  public static void with(Pixels pixels, Consumer<Mask> use) {
    try {
      Path file = Files.write(Files.createTempFile("maskmap-test-", ".raw"), pixels.packed());
      try (MaskStore store = MaskStore.openRaw(file, 0, 1, pixels.height(), pixels.width())) {
        use.accept(store.mask(0));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does something with a store of masks of any size, named m0, m1 and so on. */
  public static void withStore(List<Pixels> masks, Consumer<MaskStore> use) {
    try {
      Path folder = Files.createTempDirectory("maskmap-test-");
      try (MaskStore store = MaskStore.open(write(folder.resolve("t.masks"), masks))) {
        use.accept(store);
      } finally {
        Stores.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a store of masks of any size, named m0, m1 and so on. */
  public static Path write(Path store, List<Pixels> masks) throws IOException {
    try (MaskStoreWriter writer = MaskStoreWriter.create(store)) {
      for (int i = 0; i < masks.size(); i++) {
        add(writer, "m" + i, masks.get(i));
      }
      writer.commit();
    }
    return store;
  }

  /** Adds a mask to a writer that takes any size. */
  public static void add(MaskStoreWriter writer, String name, Pixels mask) throws IOException {
    MemorySegment bytes = MemorySegment.ofArray(mask.bytes());
    writer.add(name, mask.height(), mask.width(), bytes, mask.width());
  }
}
