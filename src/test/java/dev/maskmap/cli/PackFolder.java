package dev.maskmap.cli;

import dev.maskmap.Mask;
import dev.maskmap.MaskStore;
import dev.maskmap.convert.image.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;

/** Images to pack, and stores as text to compare. */
final class PackFolder {
  private PackFolder() {}

  /** Writes a gray image of 8 bits, whose values the function gives by row and column. */
  static Path gray(Path file, int height, int width, IntBinaryOperator value) throws IOException {
    return image(file, height, width, 0, value);
  }

  /** Writes a palette image of 8 bits. */
  static Path indexed(Path file, int height, int width, IntBinaryOperator value)
      throws IOException {
    return image(file, height, width, 3, value);
  }

  private static Path image(
      Path file, int height, int width, int colorType, IntBinaryOperator value) throws IOException {
    int[] values = new int[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsInt(i / width, i % width);
    }
    Files.createDirectories(file.getParent());
    return Files.write(file, TestImages.png(values, height, width, 8, colorType));
  }

  /** All masks of a store: {@code name HxW foreground pixels as y,x}. */
  static List<String> masks(Path store) throws IOException {
    List<String> masks = new ArrayList<>();
    try (MaskStore open = MaskStore.open(store)) {
      for (long i = 0; i < open.size(); i++) {
        masks.add(text(open.name(i), open.mask(i)));
      }
    }
    return masks;
  }

  private static String text(String name, Mask mask) {
    StringBuilder text = new StringBuilder(name + " " + mask.height() + "x" + mask.width());
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(y, x)) {
          text.append(' ').append(y).append(',').append(x);
        }
      }
    }
    return text.toString();
  }

  /** Names in a folder, hidden ones too. */
  static List<String> left(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
