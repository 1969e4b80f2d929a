package dev.maskmap.convert;

import dev.maskmap.convert.pixels.MaskFile;
import dev.maskmap.convert.pixels.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * Which image is whose: that of the mask's name, or else the one whose name without folders is that
 * of the mask's without folders.
 *
 * @param files images in the order of their masks, named as those
 * @param without names of masks that have no image
 * @param unused images that are of no mask
 */
public record ImageMatching(List<MaskFile> files, List<String> without, List<Path> unused) {
  /**
   * Finds the images of masks.
   *
   * @param images by their names, without extension
   * @param masks how many there are
   * @param names of the masks
   * @param rename from the name of a mask to that of its image
   * @throws IOException if a mask has several images, or an image several masks; one line
   */
  public static ImageMatching of(
      List<MaskFile> images, long masks, LongFunction<String> names, UnaryOperator<String> rename)
      throws IOException {
    Map<String, List<MaskFile>> byName = new HashMap<>();
    Map<String, List<MaskFile>> byStem = new HashMap<>();
    for (MaskFile image : images) {
      byName.computeIfAbsent(image.name(), name -> new ArrayList<>()).add(image);
      byStem.computeIfAbsent(stem(image.name()), name -> new ArrayList<>()).add(image);
    }
    List<MaskFile> files = new ArrayList<>();
    List<String> without = new ArrayList<>();
    Map<Path, String> used = new HashMap<>();
    for (long i = 0; i < masks; i++) {
      String mask = names.apply(i);
      String wanted = rename.apply(mask);
      List<MaskFile> found = byName.getOrDefault(wanted, List.of());
      if (found.isEmpty()) {
        found = byStem.getOrDefault(stem(wanted), List.of());
      }
      if (found.size() > 1) {
        throw new IOException(
            Messages.oneLine(
                "mask '%s' has %d images, %s and %s; give one of them"
                    .formatted(mask, found.size(), found.get(0).path(), found.get(1).path())));
      }
      if (found.isEmpty()) {
        without.add(mask);
        continue;
      }
      Path path = found.getFirst().path();
      String other = used.put(path, mask);
      if (other != null) {
        throw new IOException(
            Messages.oneLine(
                "%s: would be the image of mask '%s' and of '%s'; give images in the folders of their masks"
                    .formatted(path, other, mask)));
      }
      files.add(new MaskFile(mask, path));
    }
    return new ImageMatching(files, without, unused(images, used.keySet()));
  }

  private static List<Path> unused(List<MaskFile> images, Set<Path> used) {
    Set<Path> seen = new HashSet<>(used);
    return images.stream().map(MaskFile::path).filter(seen::add).toList();
  }

  private static String stem(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
