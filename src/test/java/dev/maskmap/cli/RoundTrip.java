package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.maskmap.convert.ForegroundRule;
import dev.maskmap.convert.array.ArrayFormat;
import dev.maskmap.convert.array.ArrayFormat.Packing;
import dev.maskmap.convert.array.ArraySource;
import dev.maskmap.convert.image.ImageSource;
import dev.maskmap.convert.pixels.Channel;
import dev.maskmap.convert.pixels.DecodedImage;
import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.MaskItem;
import dev.maskmap.convert.pixels.MaskPixels;
import dev.maskmap.convert.pixels.MaskSource;
import dev.maskmap.convert.pixels.PackedMask;
import dev.maskmap.testing.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A way out of a store and in again. */
enum RoundTrip {
  PNG("-o", "png"),
  PBM("-o", "pbm"),
  TIFF("-o", "tiff"),
  NPY("-o", "npy"),
  NPY_BOOL("-o", "npy-bool"),
  ARCHIVE("--archive", "npy-bool"),
  PACKED_ARCHIVE("--archive", "npy");

  private final String option;
  private final String format;

  RoundTrip(String option, String format) {
    this.option = option;
    this.format = format;
  }

  /** Whether the files tell the height of their masks. */
  boolean keepsHeight() {
    return !format.equals("npy");
  }

  /** Exports all masks to {@code to}. */
  void export(Path store, Path to) {
    CommandRun run = CommandRun.of("export", store, option, to, "--format", format);
    assertEquals("", run.err());
    assertEquals(0, run.code());
  }

  /**
   * Reads what was exported, by name.
   *
   * @param height of each mask, for the formats that do not keep it
   * @param width of each mask, likewise
   */
  Map<String, Pixels> read(Path exported, int height, int width) throws IOException {
    ArrayFormat arrays =
        keepsHeight()
            ? ArrayFormat.plain()
            : new ArrayFormat(Packing.AXIS_0, false, height, width, null);
    Map<String, Pixels> masks = new TreeMap<>();
    for (MaskFile file : files(exported)) {
      try (MaskSource source =
          format.startsWith("npy")
              ? ArraySource.open(file, arrays)
              : ImageSource.open(file, Channel.VALUES)) {
        for (MaskItem item = source.next(); item != null; item = source.next()) {
          assertNull(masks.put(item.name(), pixels(item.read())), item.name());
        }
      }
    }
    return masks;
  }

  private static List<MaskFile> files(Path exported) throws IOException {
    if (!Files.isDirectory(exported)) {
      return List.of(new MaskFile("archive", exported));
    }
    List<MaskFile> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(exported)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String path = exported.relativize(file).toString();
        files.add(new MaskFile(path.substring(0, path.lastIndexOf('.')), file));
      }
    }
    return files;
  }

  private static Pixels pixels(MaskPixels read) throws IOException {
    BitSet bits = new BitSet();
    switch (read) {
      case PackedMask packed -> {
        for (int i = 0; i < packed.height() * packed.width(); i++) {
          int y = i / packed.width();
          int at = y / 8 * packed.width() + i % packed.width();
          bits.set(i, (packed.rows()[at] & 0x80 >> y % 8) != 0);
        }
      }
      case DecodedImage image -> {
        byte[] bytes = ForegroundRule.nonZero().apply(image);
        for (int i = 0; i < bytes.length; i++) {
          bits.set(i, bytes[i] != 0);
        }
      }
    }
    return Pixels.of(read.height(), read.width(), bits);
  }
}
