package dev.maskmap.jmh;

import dev.maskmap.Layout;
import dev.maskmap.MaskStore;
import dev.maskmap.MaskStoreWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Random;

/**
 * The masks that every benchmark reads: 1080x1920 pixels each. They are written when first asked
 * for, and kept in {@code target/bench-data} until that folder is removed (700 MB), so that all
 * processes of a run read the same files. Made of the PNGs in {@code ../shared/masks/fullhd} beside
 * the checkout, or drawn where there are none.
 */
public enum BenchData {
  /** 8 masks: their packed rows fit the cache. */
  HOT(8),

  /** 1,000 masks, the first 8 those of {@link #HOT}: random patches of a real data set. */
  WIDE(1000),

  /** 8 masks in which every pixel is tossed: the worst for runs. */
  NOISE(8);

  static final int HEIGHT = 1080;
  static final int WIDTH = 1920;

  /** Masks that are kept at a byte a pixel too: 207 MB, more than a cache. */
  static final int UNPACKED = 100;

  private static final int PACKED_ROWS = HEIGHT / 8;

  /** Masks. */
  final int masks;

  BenchData(int masks) {
    this.masks = masks;
  }

  /** The folder {@code target} of the checkout. */
  static Path target() {
    try {
      Path classes =
          Path.of(BenchData.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.toAbsolutePath().getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the masks are made of. */
  static SourceMasks sources() {
    return Sources.MASKS;
  }

  private static final class Sources {
    static final SourceMasks MASKS =
        SourceMasks.of(target().resolve("../../shared/masks/fullhd").normalize());
  }

  /** Where all of it is kept; made if it is not there. */
  static Path folder() {
    String kind = sources().areReal() ? "real" : "drawn";
    try {
      return Files.createDirectories(target().resolve("bench-data").resolve(kind));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the store is kept. */
  Path path(Layout layout) {
    return folder().resolve("%s-%s.masks".formatted(name().toLowerCase(Locale.ROOT), layout));
  }

  /** Opens the store, whose caller closes it; writes it first where it is not there. */
  MaskStore open(Layout layout) {
    try {
      Path path = path(layout);
      if (!MaskStore.isStore(path)) {
        try (MaskStoreWriter writer = MaskStoreWriter.create(path, layout)) {
          for (int i = 0; i < masks; i++) {
            add(writer, i);
          }
          writer.commit();
        }
      }
      return MaskStore.open(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(MaskStoreWriter writer, int index) throws IOException {
    String name = "m" + index;
    if (this == NOISE) {
      byte[] packed = new byte[PACKED_ROWS * WIDTH];
      new Random(index).nextBytes(packed);
      writer.addPacked(name, HEIGHT, WIDTH, MemorySegment.ofArray(packed));
    } else {
      MemorySegment pixels = MemorySegment.ofArray(sources().pixels(index));
      writer.add(name, HEIGHT, WIDTH, pixels, WIDTH);
    }
  }

  /** The masks of {@link #HOT} or the first of {@link #WIDE} at a byte a pixel, mapped. */
  MemorySegment unpacked(Arena arena) {
    int count = Math.min(masks, UNPACKED);
    Path file = folder().resolve("bytes-%d.bin".formatted(count));
    try {
      if (!Files.exists(file)) {
        Path part = Files.createTempFile(folder(), "bytes", ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
          for (int i = 0; i < count; i++) {
            out.write(sources().pixels(i));
          }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
      try (FileChannel channel = FileChannel.open(file)) {
        return channel.map(MapMode.READ_ONLY, 0, (long) count * HEIGHT * WIDTH, arena);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
