package dev.maskmap.convert;

import dev.maskmap.MaskAccessException;
import dev.maskmap.MaskStore;
import dev.maskmap.PixelType;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.Messages;
import dev.maskmap.convert.pixels.PackedMask;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The masks of a store or a data set, under their names. An item holds a copy of the packed rows:
 * they are only copied, so there is nothing to win by doing it on another thread, and no item needs
 * the store to stay open.
 */
final class StoreSource implements MaskSource {
  private final Path path;
  private final MaskStore store;
  private long next;

  private StoreSource(Path path, MaskStore store) {
    this.path = path;
    this.store = store;
  }

  /**
   * Opens a store.
   *
   * @throws IOException if it is damaged; one line that begins with its path
   */
  static MaskSource open(Path path) throws IOException {
    return new StoreSource(path, MaskStore.open(path));
  }

  @Override
  public @Nullable MaskItem next() throws IOException {
    if (next == store.size()) {
      return null;
    }
    long mask = next++;
    try {
      return new StoredMask(store.name(mask), path.toString(), copy(mask));
    } catch (MaskAccessException | IllegalStateException e) {
      next = store.size();
      throw new IOException(Messages.oneLine(path + ": mask " + mask + ": " + e.getMessage()), e);
    }
  }

  private PackedMask copy(long mask) throws IOException {
    int height = store.height(mask);
    int width = store.width(mask);
    byte[] rows = new byte[Math.toIntExact((height + 7L) / 8 * width)];
    store.read(mask, 0, 0, height, width, PixelType.PACKED, MemorySegment.ofArray(rows), 0);
    long found = BitColumns.count(rows, 0, rows.length);
    long expected = store.mask(mask).count();
    if (found != expected) {
      // A new store would give its own checksum to the damaged bytes.
      throw new IOException(
          Messages.oneLine(
              "%s: mask '%s' has %d foreground pixels, and its index says %d: damaged, see maskmap verify"
                  .formatted(path, store.name(mask), found, expected)));
    }
    return new PackedMask(height, width, rows);
  }

  @Override
  public void close() {
    store.close();
  }

  private record StoredMask(String name, String store, PackedMask mask) implements MaskItem {
    @Override
    public String origin() {
      return Messages.oneLine(store + ": mask '" + name + "'");
    }

    @Override
    public long bytes() {
      return mask.rows().length;
    }

    @Override
    public MaskPixels read() {
      return mask;
    }
  }
}
